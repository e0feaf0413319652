using HxOps.TestKit;

namespace HxOps.SiteDouble;

/// <summary>A service of the pilot.</summary>
internal sealed class PilotService
{
    private const string Pause = "PT0.02S";

    private readonly bool _isBroken = Environment.GetEnvironmentVariable("MODE") == "broken" || Environment.GetEnvironmentVariable("RELEASE") == "latest";
    private volatile bool _isKilled;
    private string _seed = "none";

    public void Set(GatewayDouble server)
    {
        server.On("GET /healthz", exchange => exchange.AnswerAsync(_isBroken ? 500 : 200,
            _isKilled ? """{"status": "disabled", "reason": "Kill switch active"}""" : """{"status": "ok"}"""));
        server.On("POST /admin/kill-switch", exchange =>
        {
            _isKilled = exchange.Body.Contains("true", StringComparison.Ordinal);
            Console.WriteLine($"WARN kill switch {(_isKilled ? "on" : "off")}");
            return exchange.AnswerAsync(200, "{}");
        });
        server.On("GET /admin/sessions", exchange => exchange.AnswerAsync(200, """{"sessions": []}"""));
        server.On("GET /admin/metrics", exchange => exchange.AnswerAsync(200, "requests_total 7\n", "text/plain"));
        server.On("GET /admin/seed", exchange => exchange.AnswerAsync(200, _seed));
        server.On("POST /admin/seed", exchange =>
        {
            _seed = exchange.Body;
            return exchange.AnswerAsync(200, "{}");
        });
        server.On("GET /stream?route=critique&seed=42", StreamAsync);
    }

    private async Task StreamAsync(GatewayExchange exchange)
    {
        if (_isKilled)
        {
            await exchange.AnswerAsync(503, "{}");
            return;
        }

        await exchange.BeginAsync(200, "text/event-stream");
        await exchange.SendEventAsync("""{"delta": ""}""");
        await Task.Delay(System.Xml.XmlConvert.ToTimeSpan(Environment.GetEnvironmentVariable("FIRST_TOKEN") ?? Pause));
        await exchange.SendEventAsync("""{"delta": "Consider"}""");
        await exchange.HungUpAsync();
    }
}
