using System.Net.Sockets;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Cli.Demo.Practice;

/// <summary>
/// One service of the practice gateway, run as a process of its own: an OpenAI-compatible server on loopback that reads the same
/// configuration as the real one, so that whoever breaks the configuration breaks it.
/// </summary>
/// <param name="options">What it plays, and where.</param>
/// <param name="yaml">Reads its configuration.</param>
/// <param name="log">Where it logs.</param>
internal sealed class PracticeGateway(PracticeGatewayOptions options, IYamlReader yaml, TextWriter log)
{
    /// <summary>Serves until cancelled.</summary>
    /// <returns>Done after an orderly end; Failed when it cannot start.</returns>
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        log.WriteLine($"INFO:     Started server process [{Environment.ProcessId}]");
        try
        {
            using var wrapper = options.Role == PracticeRole.Wrapper
                ? new WrapperService(options.Upstream ?? throw new InvalidDataException("no upstream given"))
                : null;
            var server = new LoopbackServer(options.Port, Service(wrapper));
            await server.RunAsync(() => log.WriteLine($"INFO:     Uvicorn running on http://127.0.0.1:{options.Port} (Press CTRL+C to quit)"), cancellation);
            log.WriteLine("INFO:     Application shutdown complete.");
            return ExitCode.Done;
        }
        catch (Exception cause) when (cause is HxException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Refuse(cause.Message);
        }
        catch (SocketException cause)
        {
            return Refuse($"[Errno {cause.NativeErrorCode}] error while attempting to bind on address ('127.0.0.1', {options.Port}): {cause.Message}");
        }
    }

    private Func<PracticeExchange, CancellationToken, Task> Service(WrapperService? wrapper)
    {
        if (options.Role == PracticeRole.Backend)
            return BackendService.AnswerAsync;

        if (wrapper is null)
            return new LiteLlmService(ReadConfig()).AnswerAsync;

        // The wrapper's routing says nothing to the practice one, but must be readable all the same.
        if (options.Config is { } routing)
            yaml.Read(File.ReadAllText(routing), routing, YamlBounds.Default);
        return wrapper.AnswerAsync;
    }

    private PracticeConfig ReadConfig()
    {
        var config = options.Config is { } path
            ? PracticeConfig.Read(path, yaml, Environment.GetEnvironmentVariable)
            : throw new InvalidDataException("no configuration given");
        log.WriteLine($"INFO:     LiteLLM: Proxy initialized with Config, Set models: {string.Join(", ", config.Models)}");
        return config;
    }

    private ExitCode Refuse(string reason)
    {
        log.WriteLine("ERROR:    " + reason.ReplaceLineEndings(" "));
        log.WriteLine("ERROR:    Application startup failed. Exiting.");
        return ExitCode.Failed;
    }
}
