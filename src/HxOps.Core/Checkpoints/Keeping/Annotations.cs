using System.Text.Json;
using HxOps.Checkpoints.Layout;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Checkpoints.Keeping;

/// <summary>What operators said about checkpoints, by id. Unlike the index it cannot be made anew, so a broken file is a failure.</summary>
internal sealed class Annotations(DeploymentContext context)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int LongestFile = 16 << 20;

    private string FilePath => Path.Combine(StateFolder.Of(context), "annotations.json");

    /// <summary>Everything that was said.</summary>
    internal Dictionary<string, AnnotationRecord> Load()
    {
        try
        {
            var file = new FileInfo(FilePath);
            if (!file.Exists)
                return [];

            if (file.Length > LongestFile)
                throw Broken(null);

            return JsonSerializer.Deserialize(UntouchedFile.ReadAllBytes(FilePath), CheckpointJson.Default.AnnotationsDocument)?.Checkpoints ?? throw Broken(null);
        }
        catch (JsonException cause)
        {
            throw Broken(cause);
        }
        catch (UnauthorizedAccessException)
        {
            return []; // Whoever may not see them may still see the checkpoints.
        }
        catch (IOException failure)
        {
            throw FileFailure.Translate(failure, FilePath, "read");
        }
    }

    /// <summary>Keeps everything that is said, durably.</summary>
    internal void Save(Dictionary<string, AnnotationRecord> annotations)
    {
        StateFolder.Make(context);
        var document = new AnnotationsDocument { Checkpoints = annotations };
        DurableFile.WriteAllBytes(FilePath, JsonSerializer.SerializeToUtf8Bytes(document, CheckpointJson.Default.AnnotationsDocument), Mode);
    }

    private HxException Broken(Exception? cause) => new(CheckpointErrors.AnnotationsInvalid, FilePath, $"{FilePath} is malformed.", cause);
}

/// <summary>The form of <c>annotations.json</c>.</summary>
internal sealed record AnnotationsDocument
{
    public required Dictionary<string, AnnotationRecord> Checkpoints { get; init; }
}

/// <summary>What was said about one checkpoint.</summary>
/// <param name="Pinned">Kept by every pruning.</param>
/// <param name="KnownGood">Declared good.</param>
/// <param name="Note">The note, or null when the one it was taken with stands.</param>
/// <param name="Copies">Where copies of it were seen to be whole; null for none.</param>
internal sealed record AnnotationRecord(bool Pinned, bool KnownGood, string? Note, string[]? Copies = null);
