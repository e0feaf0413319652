using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>Names that routing, failover and fallbacks use are models that exist.</summary>
internal sealed class UnknownModelRule : IConfigurationRule
{
    private static readonly string[] Sections = ["litellm_settings", "router_settings"];
    private static readonly string[] FallbackKeys = ["fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks"];

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration) =>
        CheckRouting(configuration).Concat(CheckRegistry(configuration)).Concat(CheckFallbacks(configuration));

    private static IEnumerable<ConfigurationFinding> CheckRouting(ConfigurationSnapshot configuration)
    {
        var served = LiteLlmModels.Of(configuration.LiteLlm);
        var registered = LiteLlmModels.Registered(configuration.Registry).Select(name => name.Text).ToHashSet(StringComparer.Ordinal);
        if (configuration.Routing is not { } file || file.Root["routing"] is not YamlMapping routing || (served.IsEmpty && registered.Count == 0))
        {
            yield break;
        }

        var known = registered.Concat(served.Select(model => model.Name.Text)).Distinct().ToList();
        var group = routing["default_group"] as YamlScalar;
        var order = (routing["failover_order"] as YamlSequence)?.Items.OfType<YamlScalar>() ?? [];
        foreach (var name in order.Prepend(group).OfType<YamlScalar>().Where(name => !name.IsNull))
        {
            if (!registered.Contains(name.Text) && !served.Serves(name.Text))
            {
                yield return file.Finding("UnknownModel", Severity.Error, name,
                    $"'{name.Text}' is neither in the registry nor in config.yaml{NearestName.Hint(name.Text, known)}", "Correct the name, or add the model.");
            }
            else if (name != group && registered.Count > 0 && !registered.Contains(name.Text))
            {
                yield return file.Finding("UnregisteredModel", Severity.Warning, name,
                    $"'{name.Text}' is in config.yaml, but the registry has no score for it", "Add the model to the registry.");
            }
        }
    }

    private static IEnumerable<ConfigurationFinding> CheckRegistry(ConfigurationSnapshot configuration)
    {
        var served = LiteLlmModels.Of(configuration.LiteLlm);
        return served.IsEmpty
            ? []
            : LiteLlmModels.Registered(configuration.Registry).Where(name => !served.Serves(name.Text)).Select(name =>
                configuration.Registry!.Finding("UnservedModel", Severity.Warning, name,
                    $"the registry names '{name.Text}', which config.yaml does not serve{NearestName.Hint(name.Text, served.Select(model => model.Name.Text))}",
                    "Correct the name, or add the model to config.yaml."));
    }

    private static IEnumerable<ConfigurationFinding> CheckFallbacks(ConfigurationSnapshot configuration)
    {
        var served = LiteLlmModels.Of(configuration.LiteLlm);
        if (configuration.LiteLlm is not { } file || served.IsEmpty)
        {
            return [];
        }

        var aliases = (Section(file, "router_settings")?["model_group_alias"] as YamlMapping)?.Entries.Select(entry => entry.Key.Text).ToHashSet(StringComparer.Ordinal) ?? [];
        return FallbackNames(file)
            .Where(name => !name.IsNull && !aliases.Contains(name.Text) && !served.Serves(name.Text) && name.Text != "*")
            .Select(name => file.Finding("UnknownModel", Severity.Error, name,
                $"the fallbacks name '{name.Text}', which 'model_list' does not have{NearestName.Hint(name.Text, served.Select(model => model.Name.Text))}",
                "Correct the name, or add the model."));
    }

    // fallbacks: [{ a: [b, c] }], and default_fallbacks: [a, b]
    private static IEnumerable<YamlScalar> FallbackNames(YamlFile file) =>
        from section in Sections.Select(name => Section(file, name)).OfType<YamlMapping>()
        from key in FallbackKeys
        from entry in (section[key] as YamlSequence)?.Items ?? []
        from name in entry switch
        {
            YamlScalar scalar => [scalar],
            YamlMapping mapping => mapping.Entries.SelectMany(pair => Texts(pair.Value).Prepend(pair.Key)),
            _ => Enumerable.Empty<YamlScalar>(),
        }
        select name;

    private static IEnumerable<YamlScalar> Texts(YamlNode node) => node is YamlSequence list ? list.Items.OfType<YamlScalar>() : [];

    private static YamlMapping? Section(YamlFile file, string name) => file.Root[name] as YamlMapping;
}
