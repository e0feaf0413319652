using System.Globalization;
using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>The wrapper's model_registry.yaml lists models with a name, a score from 0 to 1, and what they are good at.</summary>
internal sealed class RegistryShapeRule : IConfigurationRule
{
    private const string Remedy = "Write each model as '- name: NAME' with 'tier_score' from 0 to 1 and a list 'specializations'.";

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        if (configuration.Registry is not { } file)
        {
            return [];
        }

        var models = file.Root["models"];
        return models is YamlSequence list
            ? list.Items.SelectMany(entry => CheckModel(file, entry))
            : [file.Finding(models is null ? "MissingKey" : "WrongType", Severity.Error, models ?? file.Root, "'models' must be a list of models", Remedy)];
    }

    private static IEnumerable<ConfigurationFinding> CheckModel(YamlFile file, YamlNode entry)
    {
        if (entry is not YamlMapping model)
        {
            yield return file.Finding("WrongType", Severity.Error, entry, "a model must be a mapping", Remedy);
            yield break;
        }

        if (model["name"] is not YamlScalar { IsNull: false })
        {
            yield return file.Finding(model["name"] is null ? "MissingKey" : "WrongType", Severity.Error, model["name"] ?? model, "a model needs a 'name'", Remedy);
        }

        if (model["tier_score"] is { } score && !IsScore(score))
        {
            yield return file.Finding("ScoreOutOfRange", Severity.Error, score, "'tier_score' must be a number from 0 to 1", Remedy);
        }

        if (model["specializations"] is { } special
            && (special is not YamlSequence list || list.Items.Any(item => item is not YamlScalar { IsNull: false })))
        {
            yield return file.Finding("WrongType", Severity.Error, special, "'specializations' must be a list of words", Remedy);
        }
    }

    private static bool IsScore(YamlNode node) => node is YamlScalar { IsPlain: true } scalar
        && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 1;
}
