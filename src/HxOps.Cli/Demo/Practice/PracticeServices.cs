using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.Services.Embedded;

namespace HxOps.Cli.Demo.Practice;

/// <summary>Starts and stops the services of a practice deployment, the model servers included.</summary>
internal sealed class PracticeServices(HostRoot root)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private readonly EmbeddedSupervisor _supervisor = new(root, Redactor.PatternsOnly, TimeProvider.System);

    /// <summary>The units of the model servers, which the deployment does not manage: they would run on other hosts.</summary>
    public static ImmutableArray<string> Backends { get; } = ["practice-llm-01.service", "practice-llm-02.service", "practice-orc.service"];

    /// <summary>Every unit that runs.</summary>
    public static ImmutableArray<string> All { get; } = [.. Backends, PracticePaths.GatewayUnit, PracticePaths.WrapperUnit];

    /// <summary>Starts all units.</summary>
    public Task StartAsync(CancellationToken cancellation) =>
        Task.WhenAll(All.Select(unit => _supervisor.StartAsync(unit, Limit, cancellation)));

    /// <summary>Starts again what reads the configuration.</summary>
    public async Task RestartGatewayAsync(CancellationToken cancellation)
    {
        string[] units = [PracticePaths.WrapperUnit, PracticePaths.GatewayUnit];
        await Task.WhenAll(units.Select(unit => _supervisor.StopAsync(unit, Limit, cancellation)));
        await Task.WhenAll(units.Select(unit => _supervisor.StartAsync(unit, Limit, cancellation)));
    }

    /// <summary>Stops all units, whatever has become of their files.</summary>
    public Task StopAsync() => Task.WhenAll(All.Select(StopAsync));

    private async Task StopAsync(string unit)
    {
        try
        {
            await _supervisor.StopAsync(unit, Limit, CancellationToken.None);
        }
        catch (HxException failure) when (failure.Id == ServiceErrors.UnitNotFound)
        {
            // Never started, and its file is gone.
        }
    }
}
