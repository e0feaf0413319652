namespace HxOps.Errors;

/// <summary>One kind of failure: a stable name that scripts match on, its exit code, and what the operator can do about it.</summary>
/// <param name="Name">PascalCase and stable; the first part of PowerShell's FullyQualifiedErrorId and the key in docs/errors.md.</param>
/// <param name="ExitCode">The exit code of a command that ends with this failure.</param>
/// <param name="Remedy">What to do, in one or two sentences that need no knowledge of the code.</param>
public sealed record ErrorId(string Name, ExitCode ExitCode, string Remedy);
