using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace HxOps.TestKit;

/// <summary>A site with a kill switch, a feature flag and pages, as the two rollback documents describe them.</summary>
public sealed class ToySite : IDisposable
{
    private readonly HttpListener _listener = new();

    public ToySite()
    {
        Url = $"http://127.0.0.1:{FreePort.Take().ToString(CultureInfo.InvariantCulture)}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public bool IsKilled { get; set; }

    /// <summary>Whether the kill switch and the flag take orders without following them.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>What the flag's endpoint answers.</summary>
    public string Flag { get; set; } = """{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":false,"rollout_percentage":0}}""";

    /// <summary>Seconds that a cache on the way has had the answer; zero for none.</summary>
    public int Age { get; set; }

    /// <summary>What the health endpoint answers, instead of how the kill switch stands.</summary>
    public Func<(int Status, string Answer)>? Health { get; set; }

    /// <summary>The bearer token without which neither the flag nor the health endpoint answers; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>Pages that do not exist.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>Method, path, content type and body of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The test is over, or the asker has hung up.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var body = await new StreamReader(request.InputStream).ReadToEndAsync();
        Requests.Enqueue($"{request.HttpMethod} {request.Url!.AbsolutePath} {request.ContentType} {body}");
        var isWelcome = Token is null || request.Headers["Authorization"] == "Bearer " + Token;
        var (status, answer) = isWelcome ? Answer(request.HttpMethod, request.Url.AbsolutePath, body) : (401, "{}");
        context.Response.StatusCode = status;
        if (Age > 0)
        {
            context.Response.Headers["Age"] = Age.ToString(CultureInfo.InvariantCulture);
        }

        if (request.HttpMethod != "HEAD")
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        }

        context.Response.Close();
    }

    private (int Status, string Answer) Answer(string method, string path, string body)
    {
        switch (path)
        {
            case "/admin/kill-switch" when method == "POST":
                IsKilled = IsDeaf ? IsKilled : body.Contains("\"enabled\":true", StringComparison.Ordinal);
                return (200, "{}");
            case "/healthz" when Health is { } health:
                return health();
            case "/healthz":
                return (200, IsKilled ? """{"status": "disabled", "reason": "Kill switch active"}""" : """{"status": "ok"}""");
            case "/api/v1/features/unified_llm_hub" when method == "PUT" && !IsDeaf:
                var on = body.Contains("\"enabled\":true", StringComparison.Ordinal);
                Flag = FlagText(on);
                return (200, Flag);
            case "/api/v1/features/unified_llm_hub":
                return (200, Flag);
            default:
                return (Missing.Contains(path) ? 404 : 200, "<html></html>");
        }
    }

    /// <summary>What the flag's endpoint answers for a flag that is on or off for everybody.</summary>
    public static string FlagText(bool on) =>
        on ? """{"flag":"unified_llm_hub","enabled":true,"config":{"enabled":true,"rollout_percentage":100}}"""
            : """{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":false,"rollout_percentage":0}}""";
}
