using System.Globalization;
using HxOps.Deployments.Reading;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Deployments;

/// <summary>Reads a deployment file strictly.</summary>
public sealed class DeploymentReader(IYamlReader yaml, Func<string, string?> environment)
{
    private const int MostBytes = 1 << 20;
    private const int MostProblems = 10;

    /// <summary>Reads a deployment from a local file.</summary>
    /// <exception cref="HxException">DeploymentInvalid with file, line and column; the nearest known key for an unknown one.</exception>
    public Deployment Read(string path) => Parse(ForeignText.Read(path, MostBytes), path);

    /// <summary>Reads a deployment from text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="path">Where it comes from, for messages and for <see cref="Deployment.Source"/>.</param>
    /// <exception cref="HxException">DeploymentInvalid, as for <see cref="Read"/>.</exception>
    public Deployment Parse(string text, string path)
    {
        var root = ReadYaml(text, path);
        var variables = new SortedSet<string>(StringComparer.Ordinal);
        var reading = new ShapeReading(Noted);
        var scope = root is YamlMapping mapping ? DeploymentSubject.ScopeOf(mapping, Noted) : DeploymentScope.Empty;
        return DeploymentSubject.Create(scope, path).TryRead(root, reading, out var deployment)
            ? deployment with { Variables = [.. variables] }
            : throw Invalid(path, reading);

        string? Noted(string name)
        {
            variables.Add(name);
            return environment(name);
        }
    }

    private YamlNode ReadYaml(string text, string path)
    {
        try
        {
            return yaml.Read(text, path, YamlBounds.Default);
        }
        catch (HxException error) when (error.Id == FormatErrors.YamlInvalid)
        {
            throw new HxException(DeploymentErrors.Invalid, path, error.Message, error);
        }
    }

    private static HxException Invalid(string path, ShapeReading reading)
    {
        var problems = reading.Problems.ToList();
        var lines = problems.Take(MostProblems).Select(problem => $"{path}:{problem.Position}: {problem.What}").ToList();
        if (problems.Count > MostProblems)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {problems.Count - MostProblems} more"));
        }

        return new HxException(DeploymentErrors.Invalid, path, string.Join('\n', lines));
    }
}
