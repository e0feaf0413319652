using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>A model that stands in the order of failover twice is asked again after it has failed.</summary>
internal sealed class FailoverOrderRule : IConfigurationRule
{
    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration) =>
        from names in new[] { ((configuration.Routing?.Root["routing"] as YamlMapping)?["failover_order"] as YamlSequence)?.Items.OfType<YamlScalar>() ?? [] }
        from same in names.Where(name => !name.IsNull).GroupBy(name => name.Text)
        from later in same.Skip(1)
        select configuration.Routing!.Finding("DuplicateFailover", Severity.Warning, later,
            $"'failover_order' names '{same.Key}' a second time; the first is at line {same.First().Position.Line}", "Remove one of the two.");
}
