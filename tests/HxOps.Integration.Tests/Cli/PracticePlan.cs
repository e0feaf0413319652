namespace HxOps.Integration.Tests.Cli;

/// <summary>A rollback plan for <see cref="PracticeFiles"/>, and a script whose effects can be counted.</summary>
internal sealed class PracticePlan
{
    public static readonly string[] Eight = ["one", "two", "three", "four", "five", "six", "seven", "eight"];

    // Kills whoever runs the plan when told so, and stays behind: a step that ends with its runner would hide what resuming must clean up.
    private const string Effect = """
        #!/bin/sh
        die() { if [ "$(cat die 2>/dev/null)" = "$1" ]; then rm die; kill -9 "$PPID"; exec sleep 600; fi; }
        case "$1" in
          effect) die "before-$2"; echo x >> "$2.count"; die "after-$2" ;;
          look) [ -e "$2.count" ] && die "look-$2"; [ -e "$2.count" ] ;;
          undo) echo "$2" >> undone; die "undo-$2" ;;
          fail) echo x >> "$2.count"; exit 3 ;;
          hang) touch hangs; sleep 600 & exec sleep 600 ;;
        esac
        """;

    private readonly PracticeFiles _practice;

    public PracticePlan(PracticeFiles practice)
    {
        _practice = practice;
        practice.Write("/srv/gateway/work/step.sh", Effect, 0x1ED);
    }

    public string File => _practice.Local("/plan.yaml");

    public static string AllEight => string.Concat(Eight.Select(name => Step(name)));

    /// <summary>A step that runs the script; it is observed unless <paramref name="observed"/> is false.</summary>
    public static string Step(string name, string verb = "effect", bool observed = true) => $$"""
              - name: {{name}}
                budget: 20s
                action: { do: command, program: ./step.sh, arguments: [{{verb}}, {{name}}] }
                undo: { do: command, program: ./step.sh, arguments: [undo, {{name}}] }
                observe: [{{(observed ? $"{{ see: command, program: ./step.sh, arguments: [look, {name}] }}" : "")}}]

        """;

    /// <summary>Writes a plan of one scenario.</summary>
    public PracticePlan Write(string steps, string more = "", string scenario = "")
    {
        _practice.Write("/plan.yaml", $"""
            format: 1
            name: practice
            description: A plan to practise on
            owner: Platform Team
            version: "1"
            root: /srv/gateway/work
            target: 5m
            budget: 10m
            {more}
            scenarios:
              - name: only
                description: the only way
                budget: 5m
                {scenario}
                steps:
            {steps}
            """);
        return this;
    }

    /// <summary>Has the script kill hxops at a moment of the next run.</summary>
    public void DieAt(string moment) => _practice.Write("/srv/gateway/work/die", moment);

    public int Count(string step) => Lines(step + ".count").Length;

    public string[] Undone() => Lines("undone");

    public bool Has(string file) => System.IO.File.Exists(_practice.Local("/srv/gateway/work/" + file));

    /// <summary>Process ids of steps of a run that still live.</summary>
    public IReadOnlyList<string> Orphans(string run) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), out _) && Carries(folder, $"HXOPS_ROLLBACK_STEP={_practice.Local("/srv/gateway/backups/.hxops")}/rollbacks/{run}/")
           select Path.GetFileName(folder),
    ];

    private static bool Carries(string process, string mark)
    {
        try
        {
            return System.IO.File.ReadAllText(process + "/environ").Split('\0').Any(entry => entry.StartsWith(mark, StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string[] Lines(string file) => Has(file) ? System.IO.File.ReadAllLines(_practice.Local("/srv/gateway/work/" + file)) : [];
}
