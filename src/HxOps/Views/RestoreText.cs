using System.Globalization;
using System.Management.Automation;
using HxOps.Restoring;

namespace HxOps.Views;

/// <summary>Puts a restore into the words of a column. For HxOps.Format.ps1xml; scripts use the properties themselves.</summary>
public static class RestoreText
{
    /// <summary>Where a restore stands, and whether its operator has given his word, whether it is at hand or came from another host.</summary>
    public static string State(PSObject restore)
    {
        var state = restore.Properties[nameof(RestoreInfo.State)]?.Value;
        return !Is(state, nameof(RestoreState.Restored)) ? Text(state)
            : Is(restore.Properties[nameof(RestoreInfo.Confirmation)]?.Value, nameof(RestoreConfirmation.Awaited)) ? "Unconfirmed"
            : Is(restore.Properties[nameof(RestoreInfo.Confirmation)]?.Value, nameof(RestoreConfirmation.Confirmed)) ? "Confirmed"
            : Text(state);
    }

    private static bool Is(object? value, string name) => LanguagePrimitives.Equals(value, name, ignoreCase: true, CultureInfo.InvariantCulture);

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);
}
