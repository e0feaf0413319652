using System.Globalization;
using System.Text;
using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Plans;
using HxOps.Services;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Evidence;

/// <summary>Where one piece of evidence comes from.</summary>
/// <param name="File">The file it becomes.</param>
/// <param name="Source">What it is taken from, for people.</param>
/// <param name="ReadAsync">Takes it.</param>
internal sealed record EvidenceSource(string File, string Source, Func<CancellationToken, Task<string>> ReadAsync);

/// <summary>Lists the sources of a request: containers first, what they use, then what the service tells of itself.</summary>
internal sealed class EvidenceSources(DeploymentContext context, GatewayConnector connector)
{
    private static readonly Dictionary<string, string> s_noVariables = [];
    private readonly ProcessRunner _runner = new();

    public IEnumerable<EvidenceSource> Of(EvidenceRequest request) =>
    [
        .. Containers(request),
        .. request.Addresses.Select((address, index) => new EvidenceSource($"{Name(address, index)}.txt", $"GET {Shown(address)}", stop => AskAsync(address, stop))),
        .. ContainerLogs(request),
        .. Units(request),
        .. request.WorkTrees.Select((folder, index) => new EvidenceSource($"git{Number(index)}.txt", $"git in {folder}", stop => new Git(_runner).StateAsync(folder, stop))),
    ];

    private IEnumerable<EvidenceSource> Containers(EvidenceRequest request)
    {
        foreach (var (index, project) in request.Projects.Index())
        {
            yield return new($"containers{Number(index)}.txt", $"docker compose ps in {project.Folder}", async stop => await (await OpenAsync(project, request.Deadline, stop)).TableAsync(stop));
        }

        if (!request.Projects.IsEmpty)
        {
            yield return new("stats.txt", "docker stats --no-stream", new Docker(_runner, s_noVariables, request.Deadline).UsageAsync);
        }
    }

    private IEnumerable<EvidenceSource> ContainerLogs(EvidenceRequest request) => request.Projects.Select((project, index) => new EvidenceSource(
        $"container-logs{Number(index)}.txt",
        $"docker compose logs --tail {request.Tail} in {project.Folder}",
        async stop => await (await OpenAsync(project, request.Deadline, stop)).LogsAsync([], request.Tail, stop)));

    private async Task<DockerCompose> OpenAsync(ComposeProject project, TimeSpan deadline, CancellationToken cancellation) => Directory.Exists(project.Folder)
        ? new(_runner, await new ComposeFinder(_runner).FindAsync(cancellation), project.Folder, project.Files, s_noVariables, deadline)
        : throw new HxException(CommonErrors.PathNotFound, project.Folder, $"There is no folder {project.Folder}.");

    private IEnumerable<EvidenceSource> Units(EvidenceRequest request)
    {
        if (context.Deployment.Units.IsEmpty)
        {
            yield break;
        }

        yield return new("units.txt", $"units, by {context.Services.Name}", UnitsAsync);
        yield return new("unit-logs.txt", "log of the units", stop => LogAsync(request, stop));
    }

    private async Task<string> UnitsAsync(CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var unit in context.Deployment.Units)
        {
            var status = await context.Services.GetAsync(unit.Name, cancellation);
            text.Append(CultureInfo.InvariantCulture, $"{unit.Name} {status.Activity.ToString().ToLowerInvariant()}\n");
        }

        return text.ToString();
    }

    private async Task<string> LogAsync(EvidenceRequest request, CancellationToken cancellation)
    {
        var (reader, wanted, notes) = (new LogReader(context), new LogRequest { Since = request.Since, Tail = request.Tail }, new WarningNotes());
        reader.Warn(wanted, notes);
        var lines = await reader.ReadAsync(wanted, cancellation);
        return notes.Text + string.Concat(lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.TimeUtc:yyyy-MM-dd HH:mm:ss}Z {line.Unit}: {line.Text}\n")));
    }

    // An answer that is no success tells something too.
    private async Task<string> AskAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = new Version(1, 1) };
            using var response = await connector.SendAsync(request, null, cancellation);
            var body = await BoundedBody.ReadAsync(response.Content, cancellation);
            return $"HTTP {(int)response.StatusCode}\n{(body is null ? "an answer over 1 MiB" : Encoding.UTF8.GetString(body))}";
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new HxException(CommonErrors.FileUnusable, Shown(address), $"Service down: {error.Message}", error);
        }
    }

    // /admin/metrics becomes metrics.
    private static string Name(Uri address, int index)
    {
        var last = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "root";
        var name = string.Concat(last.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
        return $"{(index + 1).ToString("00", CultureInfo.InvariantCulture)}-{(name.Length > 0 ? name : "answer")}";
    }

    private static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string Number(int index) => index == 0 ? "" : $"-{(index + 1).ToString(CultureInfo.InvariantCulture)}";
}
