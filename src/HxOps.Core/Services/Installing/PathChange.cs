namespace HxOps.Services.Installing;

/// <summary>One path that an installation brings from one state to another.</summary>
/// <param name="Path">The path, a host path.</param>
/// <param name="Before">What stands there; null for nothing.</param>
/// <param name="After">What shall stand there; null for nothing.</param>
/// <param name="Words">What changes, in the words of the plan.</param>
internal sealed record PathChange(string Path, FileImage? Before, FileImage? After, string Words);
