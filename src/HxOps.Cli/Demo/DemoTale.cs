using System.Collections.Immutable;
using System.Globalization;
using HxOps.Cli.Output;

namespace HxOps.Cli.Demo;

/// <summary>Tells the demo while it happens, and remembers its steps with their real times.</summary>
/// <param name="output">Where it is told.</param>
/// <param name="clock">The time.</param>
internal sealed class DemoTale(TextWriter output, TimeProvider clock)
{
    private const int Width = 80;
    private static readonly string Indent = new(' ', 10);
    private readonly ImmutableArray<DemoStep>.Builder _steps = ImmutableArray.CreateBuilder<DemoStep>();
    private readonly long _begun = clock.GetTimestamp();

    /// <summary>Does one step, and tells it with what came of it.</summary>
    public async Task<T> StepAsync<T>(string name, Func<Task<T>> work, Func<T, string> finding)
    {
        var start = clock.GetElapsedTime(_begun);
        var result = await work();
        var step = new DemoStep(name, finding(result), Seconds(start), Seconds(clock.GetElapsedTime(_begun) - start));
        _steps.Add(step);
        Line(string.Create(CultureInfo.InvariantCulture, $"{step.Elapsed,6:0.00} s  {step.Id}: {step.Finding}"), Indent);
        return result;
    }

    /// <summary>Tells a detail of the last step.</summary>
    /// <param name="text">The detail.</param>
    /// <param name="hanging">Columns that its further lines stand in from the first.</param>
    public void Note(string text, int hanging = 2) => Line($"{Indent}  {text}", Indent + new string(' ', hanging + 2));

    /// <summary>Tells a line by itself.</summary>
    public void Say(string text) => Line(text, "");

    /// <summary>Tells all steps again, short, and gives the report.</summary>
    public DemoReport End(string folder)
    {
        var elapsed = clock.GetElapsedTime(_begun);
        Say("");
        Say("Timeline (seconds since the start, duration, step)");
        foreach (var step in _steps)
            Say(string.Create(CultureInfo.InvariantCulture, $"{step.Start,7:0.00} {step.Elapsed,6:0.00}  {step.Id}"));

        Say(string.Create(CultureInfo.InvariantCulture, $"Everything came out as it must, in {elapsed.TotalSeconds:0.0} s. Nothing was left behind."));
        return new DemoReport(folder, true, _steps.ToImmutable(), Seconds(elapsed));
    }

    private void Line(string text, string hanging)
    {
        var first = TextFold.AtSpaces(text, Width).First();
        output.WriteLine(first);
        if (text[first.Length..].Trim() is { Length: > 0 } rest)
        {
            foreach (var line in TextFold.AtSpaces(rest, Width - hanging.Length))
                output.WriteLine(hanging + line);
        }
    }

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
