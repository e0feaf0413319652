using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HxOps.Rollback.Plans;
using HxOps.Services;

namespace HxOps.Rollback.Checking;

/// <summary>
/// Stands in for every service that a plan talks to: on the loopback interface, with real requests and answers. Kill switches and flags
/// keep the state that they are given; every other address answers as the plan expects.
/// </summary>
internal sealed class RehearsalSite : IDisposable
{
    private const int MostBody = 1 << 20;
    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<string, HttpExpectation> _expected = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Flag, bool IsOn)> _flags = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _switches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _isKilled = new(StringComparer.Ordinal);

    public RehearsalSite()
    {
        (_listener, Base) = Listen();
        _ = ServeAsync();
    }

    private Uri Base { get; }

    /// <summary>The address that stands in for another one. Services are told apart by their host and port.</summary>
    public Uri StandIn(Uri url) => new(Base, $"{url.Host}-{url.Port.ToString(CultureInfo.InvariantCulture)}{url.PathAndQuery}");

    /// <summary>Has an address answer as expected from now on.</summary>
    public void Expect(string method, Uri url, HttpExpectation expectation) => _expected[method + " " + url.AbsolutePath] = expectation;

    /// <summary>Has an address be a flag.</summary>
    public void AddFlag(Uri url, string flag, SwitchPosition position) => _flags.TryAdd(url.AbsolutePath, (flag, position == SwitchPosition.On));

    /// <summary>Has an address be a kill switch, off at first.</summary>
    public void AddKillSwitch(Uri url, Uri health)
    {
        _switches[url.AbsolutePath] = health.AbsolutePath;
        AddHealth(health, SwitchPosition.Off);
    }

    /// <summary>Has an address be where a kill switch is read back.</summary>
    public void AddHealth(Uri health, SwitchPosition position) => _isKilled.TryAdd(health.AbsolutePath, position == SwitchPosition.On);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The rehearsal is over, or the asker has hung up.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var expectation = _expected.GetValueOrDefault(context.Request.HttpMethod + " " + path) ?? HttpExpectation.Ok;
        var body = await ReadAsync(context.Request.InputStream);
        if (_switches.TryGetValue(path, out var health))
        {
            _isKilled[health] = IsEnabled(body);
        }
        else if (_flags.TryGetValue(path, out var flag) && context.Request.HttpMethod == "PUT")
        {
            _flags[path] = flag with { IsOn = IsEnabled(body) };
        }

        context.Response.StatusCode = expectation.Status;
        foreach (var (name, value) in expectation.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var answer = Encoding.UTF8.GetBytes(Body(path, expectation));
        if (context.Request.HttpMethod != "HEAD")
        {
            await context.Response.OutputStream.WriteAsync(answer);
        }

        context.Response.Close();
    }

    private string Body(string path, HttpExpectation expectation)
    {
        if (_flags.TryGetValue(path, out var flag))
        {
            var state = new JsonObject { ["enabled"] = flag.IsOn, ["rollout_percentage"] = flag.IsOn ? 100 : 0 };
            return new JsonObject { ["flag"] = flag.Flag, ["enabled"] = flag.IsOn, ["config"] = state }.ToJsonString();
        }

        if (_isKilled.TryGetValue(path, out var isKilled))
        {
            return isKilled ? """{"status": "disabled", "reason": "Kill switch active"}""" : """{"status": "ok"}""";
        }

        return expectation.Json.IsEmpty ? expectation.Contains ?? "" : ExpectedJson.Of(expectation.Json).ToJsonString();
    }

    private static bool IsEnabled(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["enabled"]?.GetValue<bool>() == true;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var buffer = new byte[MostBody];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    // Between finding a free port and listening on it somebody else may take it.
    private static (HttpListener Listener, Uri Base) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var url = $"http://127.0.0.1:{RehearsalPort.Find().ToString(CultureInfo.InvariantCulture)}/";
            var listener = new HttpListener();
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return (listener, new Uri(url));
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }
}
