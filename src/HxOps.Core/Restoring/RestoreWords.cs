namespace HxOps.Restoring;

/// <summary>The words of a restore, the same for hxops, for the view of the module and for what came from another host.</summary>
public static class RestoreWords
{
    /// <summary>Where a restore stands, and of one that stands whether its operator has given his word.</summary>
    /// <param name="state">The name of its <see cref="RestoreState"/>.</param>
    /// <param name="confirmation">The name of its <see cref="RestoreConfirmation"/>.</param>
    public static string State(string state, string confirmation) => (state, confirmation) switch
    {
        (nameof(RestoreState.Restored), nameof(RestoreConfirmation.Awaited)) => "Unconfirmed",
        (nameof(RestoreState.Restored), nameof(RestoreConfirmation.Confirmed)) => "Confirmed",
        _ => state,
    };
}
