using System.Globalization;
using HxOps.Files;

namespace HxOps.Tools.Processes;

/// <summary>Where the kernel shows the processes of a machine.</summary>
/// <param name="Path">The folder with one folder a process.</param>
/// <param name="Network">The folder with the tables of its network.</param>
internal sealed record ProcessFolder(string Path, string Network)
{
    internal const string Own = "/proc";

    /// <summary>The folder of a process.</summary>
    internal string Of(int processId) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{processId}");

    /// <summary>That of the machine below a root; a folder that is no machine has the processes and the network of this one.</summary>
    internal static ProcessFolder Of(HostRoot root) => !root.IsMachine && Directory.Exists(root.Locate("/proc/1"))
        ? new(root.Locate("/proc"), root.Locate("/proc/1/net")) // /proc/net there would be that of a process which it does not have.
        : new(Own, "/proc/net");
}
