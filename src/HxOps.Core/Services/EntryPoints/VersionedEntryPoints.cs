using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Tools;

namespace HxOps.Services.EntryPoints;

/// <summary>Entry points that the git history of unit files has recorded.</summary>
internal sealed class VersionedEntryPoints(Git git)
{
    private const int ShortCommit = 10;

    /// <summary>One entry point for each commit that changed one of the files, as that file alone says it.</summary>
    internal async Task<ImmutableArray<EntryPoint>> ReadAsync(string unit, IEnumerable<string> localFiles, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<EntryPoint>();
        foreach (var file in localFiles)
        {
            foreach (var revision in await git.HistoryAsync(file, cancellation))
            {
                if (await git.ShowAsync(file, revision, cancellation) is { } text && Read(unit, text, revision) is { } entryPoint)
                    found.Add(entryPoint);
            }
        }

        return found.ToImmutable();
    }

    private static EntryPoint? Read(string unit, string text, GitRevision revision)
    {
        try
        {
            return new UnitFileSet([(revision.Path, text)]).ExecStart() is not { } setting ? null : new EntryPoint
            {
                Id = "git:" + revision.Commit[..Math.Min(ShortCommit, revision.Commit.Length)],
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
