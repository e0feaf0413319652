using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;

namespace HxOps.Services.Installing;

/// <summary>
/// The paths of an installation as they were, on disk for as long as the new ones are unproven. Whoever finds one while holding the lock
/// finds an installation that was interrupted, and lets <see cref="InterruptedChange"/> put back what was. It may hold the environment file, so only its owner reads it.
/// </summary>
internal sealed class ChangeJournal(DeploymentContext context)
{
    private const int MostBytes = 16 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path = Path.Combine(context.StateFolder, "service-change.json");

    /// <summary>Whether an installation is unproven.</summary>
    internal bool Exists => File.Exists(_path);

    /// <summary>Makes the present state durable before it changes.</summary>
    internal void Keep(ServicePlan plan, bool wasRunning)
    {
        var kept = new KeptChange(plan.Id, [.. plan.Changes.Select(change => new KeptPath(change.Path, change.Before, change.After))], wasRunning);
        DurableFile.WriteAllBytes(_path, JsonSerializer.SerializeToUtf8Bytes(kept, KeptChangeJson.Default.KeptChange), OwnerOnly);
    }

    /// <summary>What is kept; null when nothing is.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.ChangeUnreadable"/>.</exception>
    internal KeptChange? Read() => ForeignText.TryRead(_path, MostBytes) is { } text ? Parse(text) : null;

    /// <summary>The first path that is neither as it was before nor as the change writes it; null when there is none.</summary>
    internal string? ChangedSince(KeptChange kept) => kept.Paths
        .Where(path => FileImage.Read(context.Root.Locate(path.Path)) is var present && !Is(present, path.Before) && !Is(present, path.After))
        .Select(path => path.Path)
        .FirstOrDefault();

    /// <summary>Puts every path back, the last one first.</summary>
    internal void PutBack(KeptChange kept)
    {
        foreach (var path in kept.Paths.Reverse().Select(path => path with { Path = context.Root.Locate(path.Path) }))
        {
            Set(path.Path, path.Before);
            if (Path.GetDirectoryName(path.Path) is { } folder && Directory.Exists(folder))
                DurableFile.RemoveAbandoned(folder);
        }
    }

    /// <summary>Forgets: the new state is proven, or the old one is back.</summary>
    internal void Forget()
    {
        TreeRemover.Remove(_path);
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
            TreeRemover.Remove(localPath);
            FolderSync.Flush(Path.GetDirectoryName(localPath)!);
        }
    }

    private static bool Is(FileImage? present, FileImage? image) => image is null ? present is null : image.Matches(present);

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
/// <param name="After">What the change puts there; null for nothing.</param>
internal sealed record KeptPath(string Path, FileImage? Before, FileImage? After);

// Written out, a content of null would come back as an empty one.
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptChange))]
internal sealed partial class KeptChangeJson : JsonSerializerContext;
