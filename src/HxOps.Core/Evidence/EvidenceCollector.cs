using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Evidence;

/// <summary>
/// Saves what can be seen of a deployment before somebody changes it: bounded, without secrets, with checksums. A source that does not
/// answer is evidence too: its file says so, and nothing waits for it longer than its deadline.
/// </summary>
public sealed class EvidenceCollector(DeploymentContext context)
{
    /// <summary>The most bytes that are kept of one source: its end.</summary>
    public const int MostBytes = 1 << 20;

    private const string Prefix = "evidence-";
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Private = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>Saves evidence into a new folder beside the checkpoints.</summary>
    /// <exception cref="HxException">The folder cannot be written.</exception>
    public async Task<EvidenceInfo> SaveAsync(EvidenceRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var stamp = Prefix + context.Clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var folder = Path.Combine(context.StateFolder, "evidence", stamp);
        for (var number = 2; Directory.Exists(folder); number++)
        {
            folder = Path.Combine(context.StateFolder, "evidence", $"{stamp}-{number.ToString(CultureInfo.InvariantCulture)}");
        }

        var info = await SaveAsync(request, folder, PlanRedaction.For(context, request.Plan), events, cancellation);
        await new AuditLog(context).WriteAsync(new AuditNote("evidence", info.Id, "Saved", request.Note), events);
        return info;
    }

    /// <summary>Saves evidence into a folder of the caller's.</summary>
    internal async Task<EvidenceInfo> SaveAsync(EvidenceRequest request, string folder, Redactor redactor, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var connector = new GatewayConnector();
        var sources = new EvidenceSources(context, connector).Of(request).ToList();
        var created = context.Clock.GetUtcNow();
        var texts = await Task.WhenAll(sources.Select(source => TakeAsync(source, request.Deadline, events, cancellation)));
        FolderSync.Create(folder, Private);
        var items = ImmutableArray.CreateBuilder<EvidenceItem>();
        var joined = new StringBuilder();
        foreach (var (source, (text, isAvailable)) in sources.Zip(texts))
        {
            var clean = redactor.Redact(text);
            joined.Append(CultureInfo.InvariantCulture, $"=== {redactor.Redact(source.Source)} ===\n{clean}\n");
            items.Add(Write(folder, source.File, redactor.Redact(source.Source), clean, isAvailable));
        }

        items.Add(Write(folder, "rollback-evidence.txt", "all of the above, in this order", joined.ToString(), isAvailable: true));
        var info = new EvidenceInfo { Id = Path.GetFileName(folder), Note = redactor.Redact(request.Note), CreatedUtc = created, Folder = folder, Items = items.ToImmutable() };
        DurableFile.WriteAllText(Path.Combine(folder, "sha256sums.txt"), string.Concat(info.Items.Select(item => $"{item.Sha256}  {item.Id}\n")), PrivateFile);
        DurableFile.WriteAllBytes(Path.Combine(folder, "evidence.json"), JsonSerializer.SerializeToUtf8Bytes(info, EvidenceJson.Default.EvidenceInfo), PrivateFile);
        return info;
    }

    /// <summary>The last whole lines of a text: half a secret at its beginning would not be known for one.</summary>
    internal static string Kept(string text)
    {
        if (text.Length <= MostBytes)
        {
            return text;
        }

        var end = text[^MostBytes..];
        return "(its beginning is left out)\n" + end[(end.IndexOf('\n', StringComparison.Ordinal) is var line and >= 0 ? line + 1 : end.Length)..];
    }

    private static async Task<(string Text, bool IsAvailable)> TakeAsync(EvidenceSource source, TimeSpan deadline, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(deadline);
        try
        {
            var text = await source.ReadAsync(time.Token);
            return (Kept(text), true);
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            var why = failure is HxException ? failure.Message : $"no answer within {deadline.TotalSeconds:0.#} s";
            events.Report(new DetailEvent($"No evidence from {source.Source}."));
            return ($"not available: {why}\n", false);
        }
    }

    private static EvidenceItem Write(string folder, string name, string source, string text, bool isAvailable)
    {
        var content = Encoding.UTF8.GetBytes(text);
        DurableFile.WriteAllBytes(Path.Combine(folder, name), content, PrivateFile);
        return new EvidenceItem(name, source, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), isAvailable);
    }
}
