namespace HxOps.Cli.Demo.Practice;

/// <summary>A file of the practice deployment.</summary>
/// <param name="HostPath">Where it lies.</param>
/// <param name="Content">Its text.</param>
internal sealed record PracticeFile(string HostPath, string Content)
{
    private const UnixFileMode Script = Ordinary | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Ordinary = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Its mode; scripts are executable unless told otherwise.</summary>
    public UnixFileMode Mode { get; init; } = Content.StartsWith("#!", StringComparison.Ordinal) ? Script : Ordinary;
}
