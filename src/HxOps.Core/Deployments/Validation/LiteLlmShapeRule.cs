using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>LiteLLM's config.yaml has a list of models, each with a name and the model it stands for.</summary>
internal sealed class LiteLlmShapeRule : IConfigurationRule
{
    private static readonly string[] Sections = ["general_settings", "litellm_settings", "router_settings", "environment_variables"];

    private const string Remedy = "Write each model as '- model_name: NAME' with 'litellm_params:' and below it 'model: PROVIDER/MODEL'.";

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        if (configuration.LiteLlm is not { } file)
        {
            return [];
        }

        return file.Root["model_list"] switch
        {
            null => [file.Finding("MissingKey", Severity.Error, file.Root, "the key 'model_list' is missing: the gateway would serve no model", Remedy)],
            YamlSequence { Items.Length: > 0 } list => list.Items.SelectMany(entry => CheckModel(file, entry)).Concat(CheckSections(file)),
            var other => [file.Finding("WrongType", Severity.Error, other, "'model_list' must be a list of models", Remedy)],
        };
    }

    private static IEnumerable<ConfigurationFinding> CheckModel(YamlFile file, YamlNode entry)
    {
        if (entry is not YamlMapping model)
        {
            yield return file.Finding("WrongType", Severity.Error, entry, "a model must be a mapping", Remedy);
            yield break;
        }

        if (CheckText(file, model, "model_name") is { } name)
        {
            yield return name;
        }

        if (model["litellm_params"] is not YamlMapping parameters)
        {
            yield return model["litellm_params"] is { } other
                ? file.Finding("WrongType", Severity.Error, other, "'litellm_params' must be a mapping", Remedy)
                : file.Finding("MissingKey", Severity.Error, model, "the model has no 'litellm_params'", Remedy);
        }
        else if (CheckText(file, parameters, "model") is { } finding)
        {
            yield return finding;
        }
    }

    private static ConfigurationFinding? CheckText(YamlFile file, YamlMapping mapping, string key) => mapping[key] switch
    {
        YamlScalar { IsNull: false, Text.Length: > 0 } => null,
        null => file.Finding("MissingKey", Severity.Error, mapping, $"the key '{key}' is missing", Remedy),
        var other => file.Finding("WrongType", Severity.Error, other, $"'{key}' must be text", Remedy),
    };

    private static IEnumerable<ConfigurationFinding> CheckSections(YamlFile file) =>
        Sections
            .Select(key => file.Root[key])
            .Where(section => section is not null and not YamlMapping and not YamlScalar { IsNull: true })
            .Select(section => file.Finding("WrongType", Severity.Error, section!, "this section must be a mapping", "Indent its settings below it."));
}
