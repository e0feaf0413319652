using HxOps.TestKit;

namespace HxOps.SiteDouble;

/// <summary>The site with the LLM Hub: old pages, the hub itself while its flag is on, and the flag.</summary>
internal static class HubSite
{
    private static readonly string[] s_pages = ["/admin/llm-provider-keys", "/admin/llm-model-catalog", "/admin/llm-routing", "/admin/llm-analytics"];

    public static void Set(GatewayDouble server)
    {
        var on = IsSet("FEATURE_UNIFIED_LLM_HUB") || IsSet("FLAG_READS");
        var (word, percent) = on ? ("true", 100) : ("false", 0);
        server.On("GET /api/v1/features/unified_llm_hub", exchange => exchange.AnswerAsync(200,
            $$"""{"flag":"unified_llm_hub","enabled":{{word}},"config":{"enabled":{{word}},"rollout_percentage":{{percent}} } }"""));
        server.On("GET /version", exchange => exchange.AnswerAsync(200, File.Exists("/code/version") ? File.ReadAllText("/code/version").Trim() : "none"));
        server.On("GET /admin/llm-hub", exchange => on ? exchange.AnswerAsync(200, "hub") : IsSet("HUB_STAYS") ? StayAsync(exchange) : RedirectAsync(exchange, "/admin/llm-provider-keys"));
        foreach (var page in s_pages)
        {
            server.On($"HEAD {page}", exchange => OldPageAsync(exchange, page, on));
            server.On($"GET {page}", exchange => OldPageAsync(exchange, page, on));
        }
    }

    private static Task OldPageAsync(GatewayExchange exchange, string page, bool on)
    {
        Console.WriteLine($"INFO PAGE_VIEW {page}");
        return on ? RedirectAsync(exchange, "/admin/llm-hub") : exchange.AnswerAsync(200, "");
    }

    // A hub whose flag reads off and that serves all the same.
    private static Task StayAsync(GatewayExchange exchange)
    {
        Console.WriteLine("INFO PAGE_VIEW /admin/llm-hub user=1");
        return RedirectAsync(exchange, "/admin/llm-hub/overview");
    }

    private static Task RedirectAsync(GatewayExchange exchange, string to) =>
        exchange.SendAsync($"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) == "true";
}
