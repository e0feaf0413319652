using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Checkpoints.Sources;
using HxOps.Files.Metadata;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Comparing;

/// <summary>Makes unified diffs of files that changed: of text, of moderate size, and of nothing that is secret.</summary>
internal sealed class ContentDiff(DeploymentContext context, ComparedState before, ComparedState after)
{
    private const int LargestFile = 1 << 20;
    private const long LargestTotal = 32 << 20;

    /// <summary>The lines of the diffs by id; what gets none is left out.</summary>
    internal Dictionary<string, ImmutableArray<string>> Make(ImmutableArray<string> changed, CancellationToken cancellation)
    {
        var wanted = Choose(changed);
        if (wanted.Count == 0)
            return [];

        var old = before.ReadContent(wanted, cancellation);
        var now = after.ReadContent(wanted, cancellation);
        var diffs = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var redactor = new Redactor(context.Deployment.Secrets.Select(secret => context.Secrets.Reveal(secret.Name)).OfType<string>());
        foreach (var id in wanted)
        {
            if (old.TryGetValue(id, out var oldContent) && now.TryGetValue(id, out var newContent) && Text(oldContent) is { } oldText && Text(newContent) is { } newText)
                diffs[id] = Lines(context.Codecs.Diff.Compare(redactor.Redact(oldText), redactor.Redact(newText)));
        }

        return diffs;
    }

    private HashSet<string> Choose(ImmutableArray<string> changed)
    {
        var secrets = SecretPaths();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var id in changed)
        {
            var (old, now) = (before.Entries[id].Metadata, after.Entries[id].Metadata);
            if (old.Kind != FileKind.File || now.Kind != FileKind.File || old.Size > LargestFile || now.Size > LargestFile || secrets.Contains(id))
                continue;

            total += old.Size + now.Size;
            if (total > LargestTotal)
                break;

            wanted.Add(id);
        }

        return wanted;
    }

    private HashSet<string> SecretPaths()
    {
        var paths = new ManagedPaths(context.Deployment);
        return before.Entries.Keys.Where(id => id.StartsWith('/') && paths.Find(id) is not { Source.IsSecret: false }).ToHashSet(StringComparer.Ordinal);
    }

    private static string? Text(byte[] content)
    {
        if (content.AsSpan().Contains((byte)0))
            return null;

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ImmutableArray<string> Lines(ImmutableArray<DiffHunk> hunks)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var hunk in hunks)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"@@ -{hunk.BeforeStart},{hunk.BeforeCount} +{hunk.AfterStart},{hunk.AfterCount} @@"));
            lines.AddRange(hunk.Lines.Select(line => line.Mark + line.Text));
        }

        return lines.ToImmutable();
    }
}
