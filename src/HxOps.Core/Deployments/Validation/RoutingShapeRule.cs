using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>The wrapper's routing.yaml names a strategy, a default group and the order of failover.</summary>
internal sealed class RoutingShapeRule : IConfigurationRule
{
    private static readonly string[] RequiredTexts = ["strategy", "default_group"];

    private const string Remedy = "Write 'routing:' with 'strategy', 'default_group' and a list 'failover_order' below it.";

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        if (configuration.Routing is not { } file)
        {
            yield break;
        }

        if (file.Root["routing"] is not YamlMapping routing)
        {
            var at = file.Root["routing"];
            yield return file.Finding(at is null ? "MissingKey" : "WrongType", Severity.Error, at ?? file.Root, "the section 'routing' must be a mapping", Remedy);
            yield break;
        }

        foreach (var key in RequiredTexts)
        {
            if (routing[key] is not YamlScalar { IsNull: false })
            {
                var at = routing[key];
                yield return file.Finding(at is null ? "MissingKey" : "WrongType", Severity.Error, at ?? routing, $"'{key}' must be text", Remedy);
            }
        }

        var order = routing["failover_order"];
        if (order is not null and not YamlSequence)
        {
            yield return file.Finding("WrongType", Severity.Error, order, "'failover_order' must be a list of models", Remedy);
        }
        else if (order is YamlSequence list)
        {
            foreach (var entry in list.Items.Where(entry => entry is not YamlScalar { IsNull: false }))
            {
                yield return file.Finding("WrongType", Severity.Error, entry, "an entry of 'failover_order' must be the name of a model", Remedy);
            }
        }
    }
}
