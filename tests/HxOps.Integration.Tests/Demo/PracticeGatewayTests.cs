using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Demo;

/// <summary>The practice gateway is as real as it must be: what breaks the real one breaks it.</summary>
[Collection(DemoGroup.Name)]
public sealed class PracticeGatewayTests : IDisposable
{
    private const string Config = """
        model_list:
          - model_name: emb-premium
            litellm_params: { model: ollama/mxbai }
          - model_name: hx-chat
            litellm_params: { model: ollama/phi3 }
        general_settings:
          master_key: os.environ/MASTER_KEY
        """;

    private static readonly Dictionary<string, string?> Environment = new() { ["MASTER_KEY"] = "sk-practice-test" };
    private readonly ScratchFolder _scratch = new();
    private readonly HttpClient _caller = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "sk-practice-test") } };

    [Theory]
    [InlineData("model_list: [", "config.yaml")]
    [InlineData("models: []", "model_list is missing")]
    [InlineData("model_list:\n  - model_name: nameless-params\n", "litellm_params.model")]
    [InlineData("model_list: []\ngeneral_settings:\n  master_key: os.environ/HXOPS_UNSET_FOR_TEST\n", "HXOPS_UNSET_FOR_TEST")]
    public async Task A_broken_configuration_keeps_it_from_starting(string config, string reason)
    {
        var run = await HxopsProcess.RunAsync(Environment, "demo", "gateway", "--role", "litellm", "--port", "0", "--config", Write(config));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Output, StringComparison.Ordinal);
        Assert.Contains("Application startup failed. Exiting.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_keeps_it_from_starting()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await HxopsProcess.RunAsync(Environment, "demo", "gateway", "--role", "backend", "--port", $"{port}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error while attempting to bind on address", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_the_models_of_its_configuration_and_ends_on_SIGTERM()
    {
        var port = FreePort.Take();
        using var process = HxopsProcess.Start(Environment, "demo", "gateway", "--role", "litellm", "--port", $"{port}", "--config", Write(Config));
        await StartedAsync(process);
        var url = $"http://127.0.0.1:{port}";

        using (var models = JsonDocument.Parse(await _caller.GetStringAsync(new Uri(url + "/v1/models"))))
            Assert.Equal(["emb-premium", "hx-chat"], models.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!));

        Assert.Equal(await PostAsync(url, "/v1/chat/completions", "hx-chat"), await PostAsync(url, "/v1/chat/completions", "hx-chat"));
        using var embedding = JsonDocument.Parse(await PostAsync(url, "/v1/embeddings", "emb-premium"));
        Assert.Equal(1024, embedding.RootElement.GetProperty("data")[0].GetProperty("embedding").GetArrayLength());

        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(url + "/v1/models"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri(url + "/health/liveliness"))).StatusCode);

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        Assert.Equal(0, (await HxopsProcess.EndAsync(process)).ExitCode);
    }

    [Trait("Behaviour", "S-36")]
    [Fact]
    [Trait("Behaviour", "S-36")]
    public async Task S_36_its_wrapper_lives_and_says_502_while_the_upstream_is_down()
    {
        var port = FreePort.Take();
        using var process = HxopsProcess.Start(Environment, "demo", "gateway", "--role", "wrapper", "--port", $"{port}", "--upstream", "http://127.0.0.1:1");
        await StartedAsync(process);

        Assert.Equal("""{"status":"ok"}""", await _caller.GetStringAsync(new Uri($"http://127.0.0.1:{port}/healthz")));
        Assert.Equal(HttpStatusCode.BadGateway, (await _caller.GetAsync(new Uri($"http://127.0.0.1:{port}/v1/models"))).StatusCode);

        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _caller.Dispose();
        _scratch.Dispose();
    }

    private static async Task StartedAsync(Process process)
    {
        process.StandardInput.Close();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("running on", StringComparison.Ordinal))
                return;
        }

        Assert.Fail("The practice gateway ended before it listened.");
    }

    private string Write(string config)
    {
        File.WriteAllText(_scratch["config.yaml"], config);
        return _scratch["config.yaml"];
    }

    private async Task<string> PostAsync(string url, string path, string model)
    {
        using var body = new StringContent($$"""{"model":"{{model}}","messages":[],"input":"x","seed":1}""", Encoding.UTF8, "application/json");
        using var answer = await _caller.PostAsync(new Uri(url + path), body);
        return await answer.Content.ReadAsStringAsync();
    }
}
