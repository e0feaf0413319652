namespace HxOps.Help;

/// <summary>Something wrong in a document.</summary>
/// <param name="File">The document.</param>
/// <param name="Line">The line, from one.</param>
/// <param name="Message">What is wrong.</param>
public sealed record Flaw(string File, int Line, string Message)
{
    /// <summary>In the form that MSBuild takes for an error.</summary>
    public override string ToString() => $"{File}({Line}): error HXHELP: {Message}";
}
