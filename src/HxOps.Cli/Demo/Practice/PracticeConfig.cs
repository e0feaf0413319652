using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Cli.Demo.Practice;

/// <summary>What a practice gateway takes from a LiteLLM config.yaml.</summary>
/// <param name="Models">The models by name, each once.</param>
/// <param name="MasterKey">The key that callers must send, or null for none.</param>
internal sealed record PracticeConfig(ImmutableArray<string> Models, string? MasterKey)
{
    private const string FromEnvironment = "os.environ/";

    /// <summary>Reads a configuration as strictly as the real one: what it cannot understand, it does not start with.</summary>
    /// <exception cref="HxException">The YAML is broken.</exception>
    /// <exception cref="InvalidDataException">A needed part is missing.</exception>
    public static PracticeConfig Read(string path, IYamlReader yaml, Func<string, string?> environment)
    {
        var root = yaml.Read(File.ReadAllText(path), path, YamlBounds.Default) as YamlMapping;
        if (root?["model_list"] is not YamlSequence list)
            throw new InvalidDataException("model_list is missing or no list");

        var names = list.Items.Select(NameOf).Distinct(StringComparer.Ordinal);
        var key = (root["general_settings"] as YamlMapping)?["master_key"] as YamlScalar;
        return new PracticeConfig([.. names], key is null ? null : Resolve(key.Text, environment));
    }

    private static string NameOf(YamlNode model) => model is YamlMapping mapping
        && mapping["model_name"] is YamlScalar { IsNull: false } name
        && (mapping["litellm_params"] as YamlMapping)?["model"] is YamlScalar { IsNull: false }
            ? name.Text
            : throw new InvalidDataException($"model_list, line {model.Position.Line}: a model needs model_name and litellm_params.model");

    private static string Resolve(string value, Func<string, string?> environment)
    {
        if (!value.StartsWith(FromEnvironment, StringComparison.Ordinal))
            return value;

        var variable = value[FromEnvironment.Length..];
        return environment(variable) is { Length: > 0 } key
            ? key
            : throw new InvalidDataException($"the environment variable {variable} that the configuration names is not set");
    }
}
