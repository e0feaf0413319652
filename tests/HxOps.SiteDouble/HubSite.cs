using HxOps.TestKit;

namespace HxOps.SiteDouble;

/// <summary>The site with the LLM Hub: old pages, the hub itself while its flag is on, and the flag.</summary>
internal static class HubSite
{
    private static readonly string[] s_pages = ["/admin/llm-provider-keys", "/admin/llm-model-catalog", "/admin/llm-routing", "/admin/llm-analytics"];

    public static void Set(GatewayDouble server)
    {
        var on = Environment.GetEnvironmentVariable("FEATURE_UNIFIED_LLM_HUB") == "true";
        var (word, percent) = on ? ("true", 100) : ("false", 0);
        server.On("GET /api/v1/features/unified_llm_hub", exchange => exchange.AnswerAsync(200,
            $$"""{"flag":"unified_llm_hub","enabled":{{word}},"config":{"enabled":{{word}},"rollout_percentage":{{percent}} } }"""));
        server.On("GET /version", exchange => exchange.AnswerAsync(200, File.Exists("/code/version") ? File.ReadAllText("/code/version").Trim() : "none"));
        server.On("GET /admin/llm-hub", exchange => on ? exchange.AnswerAsync(200, "hub") : RedirectAsync(exchange));
        foreach (var page in s_pages)
        {
            server.On($"HEAD {page}", exchange => OldPageAsync(exchange, page, on));
            server.On($"GET {page}", exchange => OldPageAsync(exchange, page, on));
        }
    }

    private static Task OldPageAsync(GatewayExchange exchange, string page, bool on)
    {
        Console.WriteLine($"INFO PAGE_VIEW {page}");
        return on ? exchange.SendAsync("HTTP/1.1 302 Found\r\nLocation: /admin/llm-hub\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") : exchange.AnswerAsync(200, "");
    }

    private static Task RedirectAsync(GatewayExchange exchange) =>
        exchange.SendAsync("HTTP/1.1 302 Found\r\nLocation: /admin/llm-provider-keys\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}
