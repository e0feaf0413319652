using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;

namespace HxOps.Services.Installing;

/// <summary>
/// The paths of an installation as they were, on disk for as long as the new ones are unproven. Whoever finds one while holding the lock
/// finds an installation that was interrupted, and puts back what was. It may hold the environment file, so only its owner reads it.
/// </summary>
internal sealed class ChangeJournal(DeploymentContext context)
{
    private const int MostBytes = 16 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path = Path.Combine(context.StateFolder, "service-change.json");

    /// <summary>Whether a change is unproven.</summary>
    internal bool Exists => File.Exists(_path);

    /// <summary>Makes the present state durable before it changes.</summary>
    internal void Keep(ServicePlan plan, bool wasRunning)
    {
        var kept = new KeptChange(plan.Id, [.. plan.Changes.Select(change => new KeptPath(change.Path, change.Before))], wasRunning);
        DurableFile.WriteAllBytes(_path, JsonSerializer.SerializeToUtf8Bytes(kept, KeptChangeJson.Default.KeptChange), OwnerOnly);
    }

    /// <summary>Puts every path back, the last one first, and gives what was kept; null when nothing is.</summary>
    internal KeptChange? PutBack()
    {
        if (ForeignText.TryRead(_path, MostBytes) is not { } text)
            return null;

        var kept = Parse(text);
        foreach (var path in kept.Paths.Reverse().Select(path => path with { Path = context.Root.Locate(path.Path) }))
        {
            Set(path.Path, path.Before);
            if (Path.GetDirectoryName(path.Path) is { } folder && Directory.Exists(folder))
                DurableFile.RemoveAbandoned(folder);
        }

        return kept;
    }

    /// <summary>Forgets: the new state is proven, or the old one is back.</summary>
    internal void Forget()
    {
        EntryRenamer.Remove(_path);
        FolderSync.Flush(context.StateFolder);
    }

    /// <summary>Brings a path to a state, durably; to the state that it is in already without a trace.</summary>
    internal static void Set(string localPath, FileImage? wanted)
    {
        if (wanted is not null)
        {
            if (!wanted.Matches(FileImage.Read(localPath)))
                wanted.Write(localPath);
        }
        else if (Directory.Exists(Path.GetDirectoryName(localPath)))
        {
            EntryRenamer.Remove(localPath);
            FolderSync.Flush(Path.GetDirectoryName(localPath)!);
        }
    }

    private KeptChange Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, KeptChangeJson.Default.KeptChange)!;
        }
        catch (JsonException cause)
        {
            throw new HxException(ServiceErrors.ChangeUnreadable, _path, $"{_path} is not what was written there: {cause.Message}", cause);
        }
    }
}

/// <summary>What an installation changes, as it was.</summary>
/// <param name="Unit">Full unit name.</param>
/// <param name="Paths">The paths, in the order in which they are changed.</param>
/// <param name="WasRunning">Whether the unit ran.</param>
internal sealed record KeptChange(string Unit, ImmutableArray<KeptPath> Paths, bool WasRunning);

/// <summary>A path as it was.</summary>
/// <param name="Path">The path, a host path.</param>
/// <param name="Before">What stood there; null for nothing.</param>
internal sealed record KeptPath(string Path, FileImage? Before);

// Written out, a content of null would come back as an empty one.
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptChange))]
internal sealed partial class KeptChangeJson : JsonSerializerContext;
