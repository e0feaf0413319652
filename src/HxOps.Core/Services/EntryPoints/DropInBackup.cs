using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Services.EntryPoints;

/// <summary>
/// The drop-in as it was, on disk for as long as the new one is unproven. Whoever finds one while holding the lock finds a
/// change that was interrupted, and lets <see cref="InterruptedSwitch"/> put the old drop-in back.
/// </summary>
internal sealed class DropInBackup(DeploymentContext context)
{
    private const int MostBytes = 1 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path = Path.Combine(context.StateFolder, "entry-point.json");

    /// <summary>Whether a change is unproven.</summary>
    internal bool Exists => File.Exists(_path);

    /// <summary>Warns whoever is about to read unit files that nobody has proven.</summary>
    internal void WarnWhenKept(IProgress<HxEvent> events)
    {
        if (Exists)
        {
            events.Report(new WarningEvent("EntryPointInterrupted",
                "A change of the entry point was interrupted or is under way: what the unit files say is unproven. It is taken back before another one begins.", _path));
        }
    }

    /// <summary>Makes the present drop-in durable here before it changes.</summary>
    /// <param name="plan">What will change.</param>
    /// <param name="wasRunning">Whether the unit ran, and so has to run again on the way back.</param>
    internal void Keep(EntryPointPlan plan, bool wasRunning)
    {
        var kept = new KeptDropIn(plan.Id, plan.DropIn, plan.Before, wasRunning)
        {
            After = plan.After,
            HadFolder = Directory.Exists(FolderOf(context.Root.Locate(plan.DropIn))),
        };
        DurableFile.WriteAllText(_path, JsonSerializer.Serialize(kept, KeptDropInJson.Default.KeptDropIn), OwnerOnly);
    }

    /// <summary>What is kept; null when nothing is.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.BackupUnreadable"/>.</exception>
    internal KeptDropIn? Read() => ForeignText.TryRead(_path, MostBytes) is { } text ? Parse(text) : null;

    /// <summary>What the drop-in says now, in terms of the change.</summary>
    internal DropInState StateOf(KeptDropIn kept)
    {
        var present = ForeignText.TryRead(context.Root.Locate(kept.DropIn), MostBytes);
        return present == kept.Before ? DropInState.Before : present == kept.After ? DropInState.After : DropInState.Another;
    }

    /// <summary>Puts the kept drop-in back.</summary>
    internal void PutBack(KeptDropIn kept)
    {
        var dropIn = context.Root.Locate(kept.DropIn);
        if (Directory.Exists(FolderOf(dropIn)))
            DurableFile.RemoveAbandoned(FolderOf(dropIn));

        if (kept.Before is not { } before)
            Remove(dropIn);
        else if (StateOf(kept) != DropInState.Before)
            DropInFile.Write(dropIn, before);

        if (!kept.HadFolder)
            RemoveIfEmpty(FolderOf(dropIn));
    }

    /// <summary>Forgets the kept drop-in: the new one is proven, or the old one is back.</summary>
    internal void Forget() => Remove(_path);

    private KeptDropIn Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, KeptDropInJson.Default.KeptDropIn)!;
        }
        catch (JsonException cause)
        {
            throw new HxException(EntryPointErrors.BackupUnreadable, _path, $"{_path} is not what was written there: {cause.Message}", cause);
        }
    }

    private static void Remove(string localPath)
    {
        // A kill before the drop-in was written leaves not even its folder.
        if (!File.Exists(localPath))
            return;

        try
        {
            File.Delete(localPath);
            FolderSync.Flush(FolderOf(localPath));
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, localPath, "remove");
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any())
            return;

        try
        {
            Directory.Delete(folder);
            FolderSync.Flush(FolderOf(folder));
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, folder, "remove");
        }
    }

    private static string FolderOf(string localPath) => Path.GetDirectoryName(localPath)!;
}

/// <summary>A drop-in as it was.</summary>
/// <param name="Unit">Full unit name.</param>
/// <param name="DropIn">The drop-in, a host path.</param>
/// <param name="Before">Its text; null when there was none.</param>
/// <param name="WasRunning">Whether the unit ran then.</param>
internal sealed record KeptDropIn(string Unit, string DropIn, string? Before, bool WasRunning)
{
    /// <summary>The text that the change writes. A drop-in that says neither this nor what it said before was changed by somebody else since.</summary>
    public string? After { get; init; }

    /// <summary>Whether the unit had a folder for drop-ins.</summary>
    public bool HadFolder { get; init; }
}

/// <summary>What a drop-in says, in terms of a change.</summary>
internal enum DropInState
{
    /// <summary>What it said before the change.</summary>
    Before,

    /// <summary>What the change has written.</summary>
    After,

    /// <summary>Neither: somebody else has decided since, such as a restore or an operator.</summary>
    Another,
}

[JsonSerializable(typeof(KeptDropIn))]
internal sealed partial class KeptDropInJson : JsonSerializerContext;
