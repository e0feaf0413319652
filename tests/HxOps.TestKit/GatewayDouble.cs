using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HxOps.TestKit;

/// <summary>
/// A gateway on loopback that does well until a test gives one of its routes another behaviour. Behaviours write raw bytes, so that
/// every way of being broken can be had.
/// </summary>
public sealed class GatewayDouble : IDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<string, Func<GatewayExchange, Task>> _routes = new();
    private readonly ConcurrentQueue<GatewayExchange> _received = new();
    private readonly CancellationTokenSource _end = new();
    private bool _isEnded;

    public GatewayDouble()
        : this(new IPEndPoint(IPAddress.Loopback, 0))
    {
    }

    public GatewayDouble(IPEndPoint address)
    {
        _listener = new TcpListener(address);
        On("GET /health/liveliness", exchange => exchange.AnswerAsync(200, "\"I'm alive!\""));
        On("GET /health/readiness", exchange => exchange.AnswerAsync(200, """{"status":"connected","db":"Not connected"}"""));
        On("GET /healthz", exchange => exchange.AnswerAsync(200, """{"status": "ok"}"""));
        On("GET /health", exchange => exchange.AnswerAsync(200, """{"healthy_endpoints":[],"healthy_count":16,"unhealthy_count":0}"""));
        On("GET /v1/models", exchange => exchange.AnswerAsync(200, Models(16)));
        On("POST /v1/embeddings", exchange => exchange.AnswerAsync(200, Embedding(1024)));
        On("POST /v1/chat/completions", exchange => exchange.Body.Contains("\"stream\":true", StringComparison.Ordinal)
            ? StreamAsync(exchange) : exchange.AnswerAsync(200, Chat("Four.")));
        On("GET /api/tags", exchange => exchange.AnswerAsync(200, """{"models":[{"name":"phi3"},{"name":"llama3.2:3b"}]}"""));
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Every request so far.</summary>
    public IReadOnlyCollection<GatewayExchange> Received => _received;

    /// <summary>A list of so many models; the first is emb-premium.</summary>
    public static string Models(int count) => JsonSerializer.Serialize(new
    {
        @object = "list",
        data = Enumerable.Range(0, count).Select(index => new { id = index == 0 ? "emb-premium" : $"model-{index:00}", @object = "model" }),
    });

    /// <summary>An embedding of so many dimensions.</summary>
    public static string Embedding(int dimensions) => JsonSerializer.Serialize(new
    {
        data = new[] { new { index = 0, embedding = Enumerable.Range(0, dimensions).Select(index => index / 1000.0) } },
    });

    /// <summary>A chat answer.</summary>
    public static string Chat(string content) => JsonSerializer.Serialize(new { choices = new[] { new { index = 0, message = new { role = "assistant", content } } } });

    /// <summary>A chunk of a streamed chat.</summary>
    public static string Chunk(string content) => JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta = new { content } } } });

    /// <summary>Gives a route, such as <c>GET /v1/models</c>, another behaviour.</summary>
    public void On(string route, Func<GatewayExchange, Task> behaviour) => _routes[route] = behaviour;

    /// <summary>Gives every route the same behaviour.</summary>
    public void OnAll(Func<GatewayExchange, Task> behaviour)
    {
        foreach (var route in _routes.Keys)
            On(route, behaviour);
    }

    /// <summary>Stops listening. A test may do so early, to have a gateway that refuses connections.</summary>
    public void Dispose()
    {
        if (_isEnded)
            return;

        _isEnded = true;
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private static async Task StreamAsync(GatewayExchange exchange)
    {
        await exchange.BeginAsync(200, "text/event-stream");
        await exchange.SendEventAsync("""{"choices":[{"delta":{"role":"assistant","content":""}}]}""");
        await exchange.SendEventAsync(Chunk("Four"));
        await exchange.HungUpAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                if (await ReadAsync(connection) is not { } exchange)
                    return;

                _received.Enqueue(exchange);
                await (_routes.TryGetValue(exchange.Route, out var behaviour) ? behaviour(exchange) : exchange.AnswerAsync(404, "{}"));
            }
            catch (SocketException)
            {
                // The caller has hung up.
            }
        }
    }

    private static async Task<GatewayExchange?> ReadAsync(Socket connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 << 10];
        while (true)
        {
            var read = await connection.ReceiveAsync(buffer);
            if (read == 0)
                return null;

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var parts = text.ToString().Split("\r\n\r\n", 2);
            if (parts.Length == 2 && parts[1].Length >= BodyLength(parts[0]))
                return new GatewayExchange(connection, parts[0], parts[1]);
        }
    }

    private static int BodyLength(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line[15..].Trim(), System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
}
