using System.Diagnostics;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using HxOps.Tools.Processes;

namespace HxOps.Core.Tests.Rollback;

/// <summary>A bare deployment with a folder for the steps of a plan to work in, and a script whose effects can be counted.</summary>
internal sealed class PlanFixture : IDisposable
{
    // Kills whoever runs the plan when told so, and stays behind: a step that ends with its runner would hide what resuming must clean up.
    private const string Effect = """
        #!/bin/sh
        die() { if [ "$(cat die 2>/dev/null)" = "$1" ]; then rm die; kill -9 "$PPID"; exec sleep 600; fi; }
        case "$1" in
          effect) die "before-$2"; echo x >> "$2.count"; die "after-$2" ;;
          look) [ -e "$2.count" ] && die "look-$2"; [ -e "$2.count" ] ;;
          undo) echo "$2" >> undone; die "undo-$2" ;;
          fail) echo x >> "$2.count"; exit 3 ;;
          hang) sleep 600 & exec sleep 600 ;;
        esac
        """;

    private readonly ScratchFolder _folder = new();

    public PlanFixture()
    {
        Context = BareDeployment.At(_folder.Path);
        Directory.CreateDirectory(Work);
        File.WriteAllText(this["step.sh"], Effect);
        File.SetUnixFileMode(this["step.sh"], (UnixFileMode)0x1ED);
    }

    public DeploymentContext Context { get; }

    public EventLog Events { get; } = new();

    public string Root => _folder.Path;

    public string this[string name] => Path.Combine(Work, name);

    private string Work => Path.Combine(_folder.Path, "srv", "work");

    /// <summary>A step that runs the script; it is observed when <paramref name="observed"/>.</summary>
    public static string Step(string name, string verb = "effect", bool observed = true) => $$"""
              - name: {{name}}
                budget: 20s
                action: { do: command, program: ./step.sh, arguments: [{{verb}}, {{name}}] }
                undo: { do: command, program: ./step.sh, arguments: [undo, {{name}}] }
                observe: [{{(observed ? $"{{ see: command, program: ./step.sh, arguments: [look, {name}] }}" : "")}}]

        """;

    /// <summary>A plan of one scenario.</summary>
    public static string Text(string steps, string more = "") => $"""
        format: 1
        name: sample
        description: A sample
        owner: Platform Team
        version: "1"
        root: /srv/work
        target: 5m
        budget: 10m
        {more}
        scenarios:
          - name: only
            description: the only way
            budget: 5m
            steps:
        {steps}
        """;

    public RollbackPlan Plan(string steps, string more = "") => new PlanReader(Context.Codecs.Yaml).Read(Text(steps, more), "plan.yaml");

    public Task<RunResult> RunAsync(RollbackPlan plan, string? scenario = null, CancellationToken cancellation = default) => Runner().RunAsync(plan, scenario, Events, cancellation);

    public Task<RunResult> RunAsync(RollbackPlan plan, IApprover approver) => new PlanRunner(Context, approver).RunAsync(plan, null, Events, CancellationToken.None);

    public Task<RunResult> ResumeAsync(DoubtRule doubt = DoubtRule.Ask) => Runner().ResumeAsync(null, doubt, Events, CancellationToken.None);

    /// <summary>Runs the plan in a process of its own, which the script kills at <paramref name="moment"/>.</summary>
    public async Task RunAndDieAsync(string steps, string moment)
    {
        File.WriteAllText(this["plan.yaml"], Text(steps));
        File.WriteAllText(this["die"], moment);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "HxOps.RollbackPartner"), [Root, this["plan.yaml"]]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Xunit.Assert.Equal(137, process.ExitCode);
    }

    /// <summary>Runs the plan in a process of its own and kills that, not what it has started, once it has come so far.</summary>
    public async Task RunAndKillAsync(string steps, Func<bool> moment)
    {
        File.WriteAllText(this["plan.yaml"], Text(steps));
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "HxOps.RollbackPartner"), [Root, this["plan.yaml"]]);
        using var process = Process.Start(start)!;
        await Eventually.HoldsAsync(() => process.HasExited || moment(), "the plan has come so far");
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>How often a step has had its effect.</summary>
    public int Count(string name) => File.Exists(this[name + ".count"]) ? File.ReadAllLines(this[name + ".count"]).Length : 0;

    public string[] Undone() => File.Exists(this["undone"]) ? File.ReadAllLines(this["undone"]) : [];

    /// <summary>Processes of the plan's steps that still live.</summary>
    public int Orphans(string run, params string[] steps) =>
        steps.Sum(step => new ProcessSession(null, $"HXOPS_ROLLBACK_STEP={RunFolder.StateOf(Context)}/rollbacks/{run}/{step}").Living().Length);

    public void Dispose() => _folder.Dispose();

    private PlanRunner Runner() => new(Context, new AgreedBeforehand("a test"));
}
