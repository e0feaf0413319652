using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Services.EntryPoints;

/// <summary>
/// The drop-in as it was, on disk for as long as the new one is unproven. Whoever finds one while holding the lock finds a
/// change that was interrupted, and puts the old drop-in back.
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
        var kept = new KeptDropIn(plan.Id, plan.DropIn, plan.Before, wasRunning) { HadFolder = Directory.Exists(FolderOf(context.Root.Locate(plan.DropIn))) };
        DurableFile.WriteAllText(_path, JsonSerializer.Serialize(kept, KeptDropInJson.Default.KeptDropIn), OwnerOnly);
    }

    /// <summary>Puts the kept drop-in back and gives what was kept; null when nothing is.</summary>
    internal KeptDropIn? PutBack()
    {
        if (ForeignText.TryRead(_path, MostBytes) is not { } text)
            return null;

        var kept = Parse(text);
        var dropIn = context.Root.Locate(kept.DropIn);
        if (Directory.Exists(FolderOf(dropIn)))
            DurableFile.RemoveAbandoned(FolderOf(dropIn));

        if (kept.Before is { } before)
            DropInFile.Write(dropIn, before);
        else
            Remove(dropIn);

        if (!kept.HadFolder)
            RemoveIfEmpty(FolderOf(dropIn));

        return kept;
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
    /// <summary>Whether the unit had a folder for drop-ins.</summary>
    public bool HadFolder { get; init; }
}

[JsonSerializable(typeof(KeptDropIn))]
internal sealed partial class KeptDropInJson : JsonSerializerContext;
