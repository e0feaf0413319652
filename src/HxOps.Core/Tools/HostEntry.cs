using System.Collections.Immutable;
using System.Globalization;
using HxOps.Files;

namespace HxOps.Tools;

/// <summary>How to get to the host a program shall run on: words put before its command line.</summary>
/// <param name="Prefix">A program and its arguments, such as <c>nsenter -t 4711 -a --</c>; empty for this machine.</param>
public sealed record HostEntry(ImmutableArray<string> Prefix)
{
    /// <summary>This machine itself.</summary>
    public static HostEntry Direct { get; } = new(ImmutableArray<string>.Empty);

    /// <summary>All namespaces of a process: a container or another booted system on this machine.</summary>
    public static HostEntry Namespaces(int processId) =>
        new(["nsenter", "-t", processId.ToString(CultureInfo.InvariantCulture), "-a", "--"]);

    /// <summary>The way to the machine whose file system is a root; null for a folder that is no machine.</summary>
    /// <param name="root">The machine itself, or <c>/proc/PID/root</c> for that of a process in namespaces of its own.</param>
    public static HostEntry? To(HostRoot root)
    {
        if (root.IsMachine)
            return Direct;

        var parts = root.Folder.Split('/');
        return parts is ["", "proc", var process, "root"] && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Namespaces(id) : null;
    }

    internal (string Program, IReadOnlyList<string> Arguments) Enter(ToolCommand command) =>
        Prefix.IsEmpty ? (command.Program, command.Arguments) : (Prefix[0], [.. Prefix[1..], command.Program, .. command.Arguments]);
}
