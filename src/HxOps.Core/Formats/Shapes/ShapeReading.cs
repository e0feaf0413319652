namespace HxOps.Formats.Shapes;

/// <summary>One reading of one file: the environment its variables come from, and all that is wrong with it.</summary>
internal sealed class ShapeReading(Func<string, string?> environment)
{
    private readonly List<ShapeProblem> _problems = [];

    /// <summary>What is wrong, in the order of the text.</summary>
    public IEnumerable<ShapeProblem> Problems => _problems.OrderBy(problem => (problem.Position.Line, problem.Position.Column));

    /// <summary>Whether anything is wrong so far.</summary>
    public bool HasProblems => _problems.Count > 0;

    /// <summary>Notes a problem.</summary>
    public void Report(TextPosition position, string what) => _problems.Add(new ShapeProblem(position, what));

    /// <summary>The scalar with its variables replaced, or null after a problem was noted.</summary>
    public YamlScalar? Expand(YamlScalar scalar)
    {
        if (VariableExpansion.TryExpand(scalar.Text, environment, out var text, out var problem))
        {
            return scalar with { Text = text };
        }

        Report(scalar.Position, problem);
        return null;
    }
}

/// <summary>Something wrong at a place.</summary>
/// <param name="Position">The place.</param>
/// <param name="What">What is wrong, without values that came from the environment.</param>
internal readonly record struct ShapeProblem(TextPosition Position, string What);
