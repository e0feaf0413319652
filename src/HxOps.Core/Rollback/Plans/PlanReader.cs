using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Formats.Shapes;
using HxOps.Rollback.Plans.Reading;

namespace HxOps.Rollback.Plans;

/// <summary>Reads plans strictly: an unknown key, a wrong type or a dangling reference is an error with file, line and column.</summary>
public sealed class PlanReader(IYamlReader yaml)
{
    private const int MostBytes = 1 << 20;
    private const int MostProblems = 10;

    /// <summary>Reads a plan from a local file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">Values set by the caller over those of the plan.</param>
    /// <exception cref="HxException">PlanInvalid, PlanValueUnknown, or the file cannot be read.</exception>
    public RollbackPlan Read(string path, ImmutableSortedDictionary<string, string>? values = null) =>
        Read(ForeignText.Read(path, MostBytes), path, values);

    /// <summary>Reads a plan from a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="values">Values set by the caller over those of the plan.</param>
    /// <exception cref="HxException">PlanInvalid, PlanValueUnknown, YamlInvalid.</exception>
    public RollbackPlan Read(string text, string source, ImmutableSortedDictionary<string, string>? values = null)
    {
        var root = yaml.Read(text, source, YamlBounds.Default);
        var merged = Values(root, source, values ?? ImmutableSortedDictionary<string, string>.Empty);

        // Values of the environment stay out: a plan that picks up what happens to be set there would differ from run to run.
        var reading = new ShapeReading(name => merged.GetValueOrDefault(name));
        return PlanShapes.Plan.TryRead(root, reading, out var plan)
            ? plan with { Source = source, Text = text, Values = merged }
            : throw Invalid(source, reading);
    }

    private static ImmutableSortedDictionary<string, string> Values(YamlNode root, string source, ImmutableSortedDictionary<string, string> given)
    {
        var reading = new ShapeReading(_ => null);
        var own = ImmutableSortedDictionary<string, string>.Empty;
        if (root is YamlMapping mapping && mapping[PlanShapes.Values.Name] is { } node && !PlanShapes.Values.Shape.TryRead(node, reading, out own))
        {
            throw Invalid(source, reading);
        }

        var unknown = given.Keys.FirstOrDefault(name => !own!.ContainsKey(name));
        return unknown is null
            ? own!.SetItems(given)
            : throw new HxException(PlanErrors.ValueUnknown, unknown, $"The plan {source} has no value '{unknown}'{NearestName.Hint(unknown, own!.Keys)}.");
    }

    private static HxException Invalid(string source, ShapeReading reading)
    {
        var problems = reading.Problems.Select(problem => $"{source}:{problem.Position}: {problem.What}").ToList();
        var more = problems.Count > MostProblems ? $"{Environment.NewLine}... and {problems.Count - MostProblems} more" : "";
        return new HxException(PlanErrors.Invalid, source, string.Join(Environment.NewLine, problems.Take(MostProblems)) + more);
    }
}
