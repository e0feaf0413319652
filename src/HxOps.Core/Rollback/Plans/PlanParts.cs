using System.Collections.Immutable;

namespace HxOps.Rollback.Plans;

/// <summary>A program with its arguments; never a shell line.</summary>
/// <param name="Program">A name looked up on the PATH, or a path.</param>
/// <param name="Arguments">Its arguments, each passed as it is.</param>
/// <param name="Folder">The folder it runs in, a path on the host.</param>
/// <param name="Answer">What is answered when it prompts; empty closes its input at once.</param>
public sealed record CommandLine(string Program, ImmutableArray<string> Arguments, string Folder, string Answer)
{
    /// <summary>Words in its output, and what the first number behind them must be below.</summary>
    public ImmutableSortedDictionary<string, double> Limits { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Program and arguments as one line, for people.</summary>
    public string Describe() => string.Join(' ', Arguments.Prepend(Program));
}

/// <summary>An HTTP request.</summary>
/// <param name="Method">GET, HEAD, POST, PUT or DELETE.</param>
/// <param name="Url">The address.</param>
/// <param name="Headers">Headers to send; none of them a secret.</param>
/// <param name="Body">A JSON text, sent as <c>application/json</c>, or null.</param>
/// <param name="BodyFile">A file with the JSON text, a path on the host, or null.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record HttpCall(string Method, Uri Url, ImmutableSortedDictionary<string, string> Headers, string? Body, string? BodyFile, string? Secret)
{
    /// <summary>A plain GET.</summary>
    public static HttpCall Get(Uri url) => new("GET", url, ImmutableSortedDictionary<string, string>.Empty, null, null, null);

    /// <summary>Method and address, for people; a query may hold a secret and is left out.</summary>
    public string Describe() => $"{Method} {Url.GetLeftPart(UriPartial.Path)}";
}

/// <summary>What must come back.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Headers and the texts that they must contain.</param>
/// <param name="Json">Members by dotted path, and the values that they must have, type included.</param>
/// <param name="Contains">A text that the body must contain, or null.</param>
public sealed record HttpExpectation(
    int Status, ImmutableSortedDictionary<string, string> Headers, ImmutableSortedDictionary<string, JsonLiteral> Json, string? Contains)
{
    /// <summary>Status 200, whatever else comes.</summary>
    public static HttpExpectation Ok { get; } = new(200, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, JsonLiteral>.Empty, null);
}

/// <summary>A JSON value that is neither a list nor an object.</summary>
/// <param name="Text">Its text, a string without its quotes.</param>
/// <param name="IsText">Whether it is a string: <c>"false"</c> is not <c>false</c>.</param>
public sealed record JsonLiteral(string Text, bool IsText);

/// <summary>A compose project.</summary>
/// <param name="Folder">Its folder, a path on the host.</param>
/// <param name="Files">Its compose files, relative to the folder; empty means what compose finds by itself.</param>
public sealed record ComposeProject(string Folder, ImmutableArray<string> Files);

/// <summary>A PostgreSQL database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="User">The role to connect as.</param>
/// <param name="Container">The container whose programs are used, or null for those of the machine itself.</param>
/// <param name="Host">Host name or folder of the server's socket; null for the one that its programs assume.</param>
/// <param name="Port">Port; null for the one that its programs assume.</param>
/// <param name="Secret">Name of the secret that is the role's password, or null where it needs none.</param>
public sealed record DatabaseTarget(string Name, string User, string? Container, string? Host, int? Port, string? Secret);
