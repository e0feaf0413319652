using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Databases;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;
using HxOps.Services;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Conditions;

/// <summary>Looks at conditions without changing anything, once or until they hold.</summary>
internal sealed class ConditionObserver(GatewayConnector connector, ProcessRunner runner)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly HttpAsker _asker = new(connector);
    private readonly StreamAsker _streams = new(connector);
    private readonly DatabaseObserver _databases = new(new DatabaseOpener(runner));
    private readonly ContainerObserver _containers = new(new ContainerOpener(runner));

    /// <summary>Looks at all conditions at once. One that does not hold outweighs one that cannot be seen.</summary>
    public async Task<ConditionFinding> LookAsync(ImmutableArray<PlanCondition> conditions, ActionScope scope, CancellationToken cancellation)
    {
        var findings = await Task.WhenAll(conditions.Select(condition => LookAsync(condition, scope, cancellation)));
        var worst = findings.FirstOrDefault(finding => finding.Holds == false) ?? findings.FirstOrDefault(finding => finding.Holds is null);
        return worst ?? ConditionFinding.Yes(string.Join("; ", findings.Select(finding => finding.Text)));
    }

    /// <summary>Looks until all conditions hold or the time is over, and gives the last finding.</summary>
    public async Task<ConditionFinding> WaitAsync(ImmutableArray<PlanCondition> conditions, ActionScope scope, CancellationToken time)
    {
        ConditionFinding? finding = null;
        for (var pause = FirstPause; !time.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var look = await LookAsync(conditions, scope, time);
                if (look.Holds == true)
                {
                    return look;
                }

                // The last whole look counts: the end of time may show in this one as a broken connection.
                finding = time.IsCancellationRequested ? finding ?? look : look;
                await Task.Delay(pause, scope.Context.Clock, time);
            }
            catch (OperationCanceledException) when (time.IsCancellationRequested)
            {
                break; // Nor does one count that was cut off.
            }
        }

        return finding ?? ConditionFinding.Unseen("there was no time to look");
    }

    private async Task<ConditionFinding> LookAsync(PlanCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        look.CancelAfter(LongestLook);
        try
        {
            var finding = await SeeAsync(condition, scope, look.Token);
            return finding with { Text = finding.Holds == true ? finding.Text : $"{condition.Describe()}: {finding.Text}" };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ConditionFinding.Unseen($"{condition.Describe()}: no answer within {LongestLook.TotalSeconds:0} s");
        }
        catch (HxException error)
        {
            return ConditionFinding.Unseen($"{condition.Describe()}: {error.Message}");
        }
    }

    private Task<ConditionFinding> SeeAsync(PlanCondition condition, ActionScope scope, CancellationToken cancellation) => condition switch
    {
        HttpCondition http => _asker.AskAsync(http.Request, http.Expect, scope, cancellation),
        PagesCondition pages => PagesAsync(pages, scope, cancellation),
        FeatureFlagCondition flag => SwitchAsync(Client(scope).ReadFlagAsync(new FlagAddress(flag.Flag, flag.Url, flag.Secret), cancellation), flag.Position),
        KillSwitchCondition kill => SwitchAsync(Client(scope).ReadKillSwitchAsync(kill.Url, kill.Secret, cancellation), kill.Position),
        FileCondition file => Task.FromResult(SeeFile(file, scope)),
        EnvironmentFileCondition file => Task.FromResult(SeeKey(file, scope)),
        UnitCondition unit => UnitAsync(unit, scope, cancellation),
        ProcessCondition process => ProcessAsync(process, scope, cancellation),
        CommandCondition command => CommandAsync(command, scope, cancellation),
        PortCondition port => PortAsync(port, cancellation),
        DatabaseWithoutCondition without => _databases.LookAsync(without, scope, cancellation),
        ComposeCondition compose => _containers.LookAsync(compose, scope, cancellation),
        LogCondition log => _containers.LookAsync(log, scope, cancellation),
        EngineWithoutCondition without => _containers.LookAsync(without, scope, cancellation),
        StreamCondition stream => _streams.AskAsync(stream, scope, cancellation),
        GateCondition gate => GateAsync(gate, scope, cancellation),
        _ => Task.FromResult(ConditionFinding.Unseen("nothing here can look at it")),
    };

    private async Task<ConditionFinding> PagesAsync(PagesCondition pages, ActionScope scope, CancellationToken cancellation)
    {
        var expect = HttpExpectation.Ok with { Status = pages.Status };
        var findings = await Task.WhenAll(pages.Pages.Select(async page =>
            (Page: page, Finding: await _asker.AskAsync(HttpCall.Get(new Uri(pages.Base.AbsoluteUri.TrimEnd('/') + page)) with { Method = "HEAD" }, expect, scope, cancellation))));
        var wrong = findings.Where(pair => pair.Finding.Holds != true).ToList();
        var text = string.Join(", ", wrong.Select(pair => $"{pair.Page} {pair.Finding.Text}"));
        return wrong.Count == 0
            ? ConditionFinding.Yes($"{findings.Length} pages answer {pages.Status}")
            : new ConditionFinding(wrong.Any(pair => pair.Finding.Holds == false) ? false : null, text);
    }

    private SwitchClient Client(ActionScope scope) => new(connector, scope.Context);

    private static async Task<ConditionFinding> SwitchAsync(Task<SwitchReading> look, SwitchPosition wanted)
    {
        var reading = await look;
        return new ConditionFinding(reading.Reads(wanted), reading.Finding);
    }

    private static ConditionFinding SeeFile(FileCondition file, ActionScope scope)
    {
        var path = scope.Locate(file.File);
        if (!File.Exists(path) || !file.Exists)
        {
            return new ConditionFinding(File.Exists(path) == file.Exists, File.Exists(path) ? "it exists" : "it does not exist");
        }

        return file.Contains is null || Encoding.UTF8.GetString(FileReplacement.Read(path)).Contains(file.Contains, StringComparison.Ordinal)
            ? ConditionFinding.Yes($"{file.File} is as wanted")
            : ConditionFinding.No("it does not contain the text");
    }

    private static ConditionFinding SeeKey(EnvironmentFileCondition file, ActionScope scope)
    {
        var value = new EnvironmentText(FileReplacement.Read(scope.Locate(file.File))).Value(file.Key);
        return value == file.Value ? ConditionFinding.Yes($"{file.Key} is set") : ConditionFinding.No(value is null ? "it is not set" : "it has another value");
    }

    private static async Task<ConditionFinding> UnitAsync(UnitCondition unit, ActionScope scope, CancellationToken cancellation)
    {
        var status = await scope.Context.Services.GetAsync(unit.Unit, cancellation);
        var wanted = unit.Position == SwitchPosition.On
            ? status.Activity == UnitActivity.Active
            : status.Activity is UnitActivity.Inactive or UnitActivity.Failed or UnitActivity.Absent;
        return new ConditionFinding(wanted, $"{unit.Unit} is {status.Activity.ToString().ToLowerInvariant()}");
    }

    private static async Task<ConditionFinding> ProcessAsync(ProcessCondition process, ActionScope scope, CancellationToken cancellation)
    {
        var status = await scope.Context.Services.GetAsync(process.Unit, cancellation);
        var line = status.MainProcessId is { } id ? string.Join(' ', ProcessCommandLine.TryRead(scope.Context.Root, id)) : "";
        return line.Length == 0
            ? ConditionFinding.No("it has no main process")
            : new ConditionFinding(line.Contains(process.Contains, StringComparison.Ordinal), $"{process.Unit} runs '{scope.Redactor.Redact(line)}'");
    }

    private async Task<ConditionFinding> CommandAsync(CommandCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(CommandExecutor.Command(condition.Command, scope with { Budget = LongestLook }), cancellation);
        return !result.Succeeded ? ConditionFinding.No($"exit code {result.ExitCode}")
            : condition.Prints is { } text && !result.Output.Contains(text, StringComparison.Ordinal) ? ConditionFinding.No("it prints something else")
            : OutputLimits.Complaint(result.Output, condition.Command.Limits) is { } complaint ? ConditionFinding.No(complaint)
            : ConditionFinding.Yes("exit code 0");
    }

    private static async Task<ConditionFinding> PortAsync(PortCondition port, CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(port.HostName, port.Port, cancellation);
            return new ConditionFinding(port.Position == SwitchPosition.On, "it is open");
        }
        catch (SocketException error)
        {
            var isClosed = error.SocketErrorCode == SocketError.ConnectionRefused;
            return isClosed ? new ConditionFinding(port.Position == SwitchPosition.Off, "it is closed") : ConditionFinding.Unseen(error.Message);
        }
    }

    private static async Task<ConditionFinding> GateAsync(GateCondition gate, ActionScope scope, CancellationToken cancellation)
    {
        var request = new GateRequest { Profile = GateProfile.Free, Probes = gate.Probes };
        var report = await new GateRunner(scope.Context).RunAsync(request, scope.Events, cancellation);
        return report.Verdict switch
        {
            Verdict.Healthy => ConditionFinding.Yes("the gate is healthy"),
            Verdict.Unhealthy => ConditionFinding.No(report.Describe()[^1]),
            _ => ConditionFinding.Unseen(report.Describe()[^1]),
        };
    }
}
