using System.Globalization;
using HxOps.Files;
using HxOps.Files.Native;

namespace HxOps.Restoring.Journaling;

/// <summary>Where the journals of restores lie: <c>.hxops/restores/RESTORE-ID/journal.jsonl</c> within the backup folder.</summary>
internal sealed class RestoreFolder(DeploymentContext context)
{
    internal const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Prefix = "restore-";
    private const string StampForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The folder of the lock and of all other state.</summary>
    internal string State { get; } = Path.Combine(context.Root.Locate(context.Deployment.Backups.Folder), ".hxops");

    /// <summary>The folder of all restores.</summary>
    internal string All => Path.Combine(State, "restores");

    /// <summary>The journal of a restore.</summary>
    internal string Journal(string id) => Path.Combine(All, id, "journal.jsonl");

    /// <summary>The guard's own journal, which goes on when that of the restore has ended.</summary>
    internal string GuardJournal(string id) => Path.Combine(All, id, "guard.jsonl");

    /// <summary>What the guard of a restore said.</summary>
    internal string GuardLog(string id) => Path.Combine(All, id, "guard.log");

    /// <summary>A number that changes whenever a journal does, told without reading any.</summary>
    internal int Look()
    {
        var look = default(HashCode);
        foreach (var id in Ids())
        {
            look.Add(id, StringComparer.Ordinal);
            look.Add(Posix.TryStat(Journal(id), out var journal) ? journal.Size : 0);
            look.Add(Posix.TryStat(GuardJournal(id), out var guard) ? guard.Size : 0);
        }

        return look.ToHashCode();
    }

    /// <summary>The ids of all restores that left a journal, newest first.</summary>
    internal IEnumerable<string> Ids()
    {
        if (!Directory.Exists(All))
            return [];

        try
        {
            return Directory.EnumerateDirectories(All, Prefix + "*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Reverse().ToList();
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, All, "read");
        }
    }

    /// <summary>Makes the folder of a new restore, by the time; of two within a second the later takes the next free second.</summary>
    internal string Begin()
    {
        for (var time = context.Clock.GetUtcNow(); ; time = time.AddSeconds(1))
        {
            var id = Prefix + time.UtcDateTime.ToString(StampForm, CultureInfo.InvariantCulture);
            var folder = Path.Combine(All, id);
            if (Directory.Exists(folder))
                continue;

            FolderSync.Create(folder, Mode);
            return id;
        }
    }

    /// <summary>Forgets a restore that changed nothing.</summary>
    internal void Forget(string id) => TreeRemover.Remove(Path.Combine(All, id));

    /// <summary>The stamp within an id.</summary>
    internal static string StampOf(string id) => id[Prefix.Length..];
}
