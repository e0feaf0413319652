using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Tools;

namespace HxOps.Services.EntryPoints.History;

/// <summary>Entry points that the git history of unit files has recorded.</summary>
internal sealed class VersionedEntryPoints(Git git)
{
    /// <summary>How every id of this source begins.</summary>
    internal const string IdPrefix = "git:";

    private const int ShortCommit = 10;

    /// <summary>One entry point for each commit that changed one of the files, as that file alone says it.</summary>
    internal async Task<ImmutableArray<EntryPoint>> ReadAsync(string unit, IEnumerable<string> localFiles, CancellationToken cancellation)
    {
        var found = new List<(EntryPoint EntryPoint, string Path)>();
        foreach (var file in localFiles)
        {
            foreach (var revision in await git.HistoryAsync(file, cancellation))
            {
                if (await git.ShowAsync(file, revision, cancellation) is { } text && Read(unit, text, revision) is { } entryPoint)
                    found.Add((entryPoint, revision.Path));
            }
        }

        return Distinguish(found);
    }

    /// <summary>A commit that changed several of the files is told apart by file, as git itself writes it: <c>git:COMMIT:PATH</c>.</summary>
    private static ImmutableArray<EntryPoint> Distinguish(List<(EntryPoint EntryPoint, string Path)> found)
    {
        var shared = found.GroupBy(pair => pair.EntryPoint.Id).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        return [.. found.Select(pair => shared.Contains(pair.EntryPoint.Id) ? pair.EntryPoint with { Id = $"{pair.EntryPoint.Id}:{pair.Path}" } : pair.EntryPoint)];
    }

    private static EntryPoint? Read(string unit, string text, GitRevision revision)
    {
        try
        {
            return new UnitFileSet([(revision.Path, text)]).ExecStart() is not { } setting ? null : new EntryPoint
            {
                Id = IdPrefix + revision.Commit[..Math.Min(ShortCommit, revision.Commit.Length)],
                Unit = unit,
                Command = setting.Value,
                Kind = "",
                Origin = EntryPointOrigin.Git,
                File = setting.Origin.ToString(),
                RecordedUtc = revision.CommittedAt.ToUniversalTime(),
                Note = revision.Subject,
            };
        }
        catch (HxException failure) when (failure.Id == ServiceErrors.UnitFileInvalid)
        {
            return null; // A commit that broke the file ran nothing that could be gone back to.
        }
    }
}
