using System.Collections.Immutable;

namespace HxOps.Tools;

/// <summary>How to get to the host a program shall run on: words put before its command line.</summary>
/// <param name="Prefix">A program and its arguments, such as <c>nsenter -t 4711 -a --</c>; empty for this machine.</param>
public sealed record HostEntry(ImmutableArray<string> Prefix)
{
    /// <summary>This machine itself.</summary>
    public static HostEntry Direct { get; } = new(ImmutableArray<string>.Empty);

    /// <summary>All namespaces of a process: a container or another booted system on this machine.</summary>
    public static HostEntry Namespaces(int processId) =>
        new(["nsenter", "-t", processId.ToString(System.Globalization.CultureInfo.InvariantCulture), "-a", "--"]);

    internal (string Program, IReadOnlyList<string> Arguments) Enter(ToolCommand command) =>
        Prefix.IsEmpty ? (command.Program, command.Arguments) : (Prefix[0], [.. Prefix[1..], command.Program, .. command.Arguments]);
}
