namespace HxOps.Cli.Output;

/// <summary>The signs that the kit's messages begin with.</summary>
internal static class Signs
{
    public const string Good = "\u2705";
    public const string Bad = "\u274c";
    public const string Unsure = "\u2754";
}
