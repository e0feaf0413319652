using System.Collections.Immutable;
using System.Globalization;
using HxOps.Files;

namespace HxOps.Rollback.Running;

/// <summary>The folder of one run.</summary>
/// <param name="Path">Its local path.</param>
internal sealed record RunFolder(string Path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Prefix = "rollback-";
    private const string JournalName = "journal";

    /// <summary>The run's id.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    public string Journal => System.IO.Path.Combine(Path, JournalName);

    public string Plan => System.IO.Path.Combine(Path, "plan.yaml");

    /// <summary>The folder of a deployment's state, which also holds its lock.</summary>
    public static string StateOf(DeploymentContext context) => context.Root.Locate(context.Deployment.Backups.Folder + "/.hxops");

    /// <summary>Makes a folder for a new run; runs of one second get a number.</summary>
    public static RunFolder Make(DeploymentContext context)
    {
        var all = All(StateOf(context));
        FolderSync.Create(all, Private);
        var stamp = Prefix + context.Clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = System.IO.Path.Combine(all, stamp);
        for (var number = 2; Directory.Exists(path); number++)
        {
            path = System.IO.Path.Combine(all, $"{stamp}-{number.ToString(CultureInfo.InvariantCulture)}");
        }

        FolderSync.Create(path, Private);
        return new RunFolder(path);
    }

    /// <summary>Every run that has begun, newest first. A folder without a journal is a run that never began.</summary>
    public static ImmutableArray<RunFolder> List(DeploymentContext context)
    {
        var all = All(StateOf(context));
        return !Directory.Exists(all)
            ? []
            : [.. Directory.EnumerateDirectories(all, Prefix + "*")
                .Select(path => new RunFolder(path))
                .Where(folder => File.Exists(folder.Journal) && new FileInfo(folder.Journal).Length > 0)
                .OrderByDescending(folder => folder.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes a file of the run durably, for the owner's eyes only.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        DurableFile.WriteAllBytes(path, content, PrivateFile);
        return path;
    }

    private static string All(string state) => System.IO.Path.Combine(state, "rollbacks");
}
