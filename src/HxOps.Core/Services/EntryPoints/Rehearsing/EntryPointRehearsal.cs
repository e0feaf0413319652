using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Reporting;
using HxOps.Services.Embedded;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints.Rehearsing;

/// <summary>
/// Carries a plan out in a sandbox first: the same drop-in, the same reading back, the same proof, on another port and by the embedded
/// supervisor. The program itself runs where it can; where it cannot, a stand-in runs on its command line, and the report says so.
/// </summary>
/// <param name="context">The deployment.</param>
/// <param name="standIn">The command of a process that serves on a port and answers <c>PATH=STATUS</c>, as <see cref="StandInServer"/> does.</param>
public sealed class EntryPointRehearsal(DeploymentContext context, Func<int, IEnumerable<string>, ImmutableArray<string>> standIn)
{
    private const int LongestFirstLine = 256;
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Rehearses a plan. Nothing of the deployment changes.</summary>
    /// <exception cref="HxException">The sandbox cannot be made.</exception>
    public async Task<RehearsalReport> RunAsync(EntryPointPlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var begun = context.Clock.GetTimestamp();
        var unit = new UnitLoader(context.Root).Load(plan.Id);
        var settings = ServiceSettings.Of(unit);
        var account = RehearsalAccount.Of(context.Root, settings);
        var ranProgram = account.Obstacle.Length == 0 && CanRun(ProgramOf(plan.Check));
        using var sandbox = new Sandbox(context, ranProgram ? account.Rule : AccountRule.OnTheMachine);
        var real = ImmutableArray.CreateBuilder<string>();
        var stoodIn = ImmutableArray.CreateBuilder<string>();
        real.Add("the text of the drop-in, and what it comes to after all drop-ins");
        stoodIn.Add($"the embedded supervisor restarted the unit{(context.Root.IsMachine ? $", not {context.Services.Name}" : ", as it does below a root")}; "
            + $"{(ranProgram && account.Name.Length > 0 ? "" : "its account, ")}its hardening and its commands before and after did not apply");
        if (ranProgram && account.Name.Length > 0)
            real.Add($"the account {account.Name}");
        if (ranProgram && settings.WorkingFolder is { } folder)
            real.Add($"its working folder {folder.Path}");

        stoodIn.Add($"port {sandbox.Port} in place of {plan.Check.Port}");
        sandbox.LayUnit(unit, path => ForeignText.Read(context.Root.Locate(path), MostBytes));
        var rehearsed = Adapt(plan, sandbox);
        if (rehearsed.Before is { } text)
            sandbox.LayText(plan.DropIn, text);

        if (plan.CheckBefore is { } before)
            Lay(sandbox, before, (ranProgram || account.Rule == AccountRule.OnTheMachine) && account.Obstacle.Length == 0 && CanRun(ProgramOf(before)), account, real, stoodIn);

        Lay(sandbox, rehearsed.Check, ranProgram, account, real, stoodIn);
        var result = await CarryOutAsync(sandbox, rehearsed, stoodIn, events, cancellation);
        return new RehearsalReport
        {
            Id = plan.Id,
            IsProven = result.Outcome is EntryPointOutcome.Set or EntryPointOutcome.AlreadyThere,
            Reason = result.Reason,
            RanProgram = ranProgram,
            Real = real.ToImmutable(),
            StoodIn = stoodIn.ToImmutable(),
            Elapsed = context.Clock.GetElapsedTime(begun),
        };
    }

    private static async Task<EntryPointResult> CarryOutAsync(
        Sandbox sandbox, EntryPointPlan plan, ImmutableArray<string>.Builder stoodIn, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var services = sandbox.Context.Services;
        try
        {
            if (plan.From is not null && !await StartsAsync(services, plan.Id, cancellation))
                stoodIn.Add("the present program did not start here, so the change began with a stopped unit");

            return await new EntryPointSwitch(sandbox.Context).RunAsync(plan, new Renamed(events), cancellation);
        }
        finally
        {
            await services.StopAsync(plan.Id, TimeSpan.FromSeconds(5), CancellationToken.None);
        }
    }

    /// <summary>Whether the present program starts in the sandbox. It is not the one that is rehearsed.</summary>
    private static async Task<bool> StartsAsync(IServiceControl services, string unit, CancellationToken cancellation)
    {
        try
        {
            await services.StartAsync(unit, Limit, cancellation);
            return true;
        }
        catch (HxException failure) when (failure.Id == ServiceErrors.StartFailed)
        {
            return false;
        }
    }

    /// <summary>The plan as it is in the sandbox: the same with the other port.</summary>
    private static EntryPointPlan Adapt(EntryPointPlan plan, Sandbox sandbox)
    {
        var command = sandbox.Adapt(plan.To.Command);
        var before = plan.Before is null ? null : sandbox.Adapt(plan.Before);
        return plan with
        {
            From = plan.From is null ? null : plan.From with { Command = sandbox.Adapt(plan.From.Command) },
            To = plan.To with { Command = command },
            Before = before,
            After = DropInText.WithEntryPoint(before ?? "", command),
            Check = plan.Check with { Command = command, Port = sandbox.Port },
            CheckBefore = plan.CheckBefore is null ? null : plan.CheckBefore with { Command = sandbox.Adapt(plan.CheckBefore.Command), Port = sandbox.Port },
        };
    }

    /// <summary>Makes the program of a command runnable in the sandbox: itself, or a stand-in.</summary>
    private void Lay(
        Sandbox sandbox, EntryPointCheck check, bool isItself, RehearsalAccount account, ImmutableArray<string>.Builder real, ImmutableArray<string>.Builder stoodIn)
    {
        foreach (var path in WordsOf(check).Skip(1).Where(word => word.StartsWith('/')))
            sandbox.Link(path);

        var program = ProgramOf(check);
        if (isItself)
        {
            sandbox.Link(program);
            real.Add($"the program {program}");
            return;
        }

        sandbox.StandIn(program, standIn(sandbox.Port, check.Questions.Select(question => $"{question.Path}={question.Status}")));
        var why = account.Obstacle.Length > 0 ? $" ({account.Obstacle})" : "";
        stoodIn.Add($"{program} cannot run here{why}: a stand-in ran on its command line and gave the answers that were asked for");
    }

    private static ImmutableArray<string> WordsOf(EntryPointCheck check) => UnitWords.Split(check.Command, new UnitOrigin(check.Unit, 1));

    private static string ProgramOf(EntryPointCheck check) => WordsOf(check)[0].TrimStart('-', '@', ':', '+', '!');

    /// <summary>Whether a program is there with what it needs to be started: the right to run it, and its interpreter when it is a script.</summary>
    private bool CanRun(string program)
    {
        // Below a root, a program that is not there is taken from the machine, as the supervisor does.
        var local = !context.Root.IsMachine && !File.Exists(context.Root.Locate(program)) ? program : context.Root.Locate(program);
        if (!File.Exists(local) || (File.GetUnixFileMode(local) & UnixFileMode.UserExecute) == 0)
            return false;

        return Interpreter(local) is not { Length: > 0 } interpreter || File.Exists(interpreter);
    }

    /// <summary>The interpreter that a script names in its first line; null for any other program, and for one that may be run but not read.</summary>
    private static string? Interpreter(string local)
    {
        try
        {
            using var file = File.OpenRead(local);
            var head = new byte[LongestFirstLine];
            var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var line = Encoding.UTF8.GetString(head, 0, count).Split('\n')[0];
            return line.StartsWith("#!", StringComparison.Ordinal) ? line[2..].Trim().Split(' ')[0] : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Tells the steps of a rehearsal as such.</summary>
    private sealed class Renamed(IProgress<HxEvent> events) : IProgress<HxEvent>
    {
        public void Report(HxEvent value) => events.Report(value is StepEvent step ? step with { Name = "rehearse: " + step.Name } : value);
    }
}
