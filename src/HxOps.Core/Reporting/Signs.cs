namespace HxOps.Reporting;

/// <summary>The signs that the kit's messages begin with.</summary>
public static class Signs
{
    /// <summary>A check mark: it is as it should be.</summary>
    public const string Good = "\u2705";

    /// <summary>A cross: it is not.</summary>
    public const string Bad = "\u274c";

    /// <summary>A question mark: nobody knows, or somebody has to do something.</summary>
    public const string Unsure = "\u2754";
}
