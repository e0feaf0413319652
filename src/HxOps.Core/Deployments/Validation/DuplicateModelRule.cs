using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>
/// A model stands in the list once. LiteLLM spreads the load over entries of one name that differ; equal ones are a slip, and
/// the wrapper's registry has one score for each name.
/// </summary>
internal sealed class DuplicateModelRule : IConfigurationRule
{
    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration) =>
        CheckList(configuration.LiteLlm).Concat(CheckRegistry(configuration.Registry));

    private static IEnumerable<ConfigurationFinding> CheckList(YamlFile? file)
    {
        foreach (var group in LiteLlmModels.Of(file).GroupBy(model => model.Name.Text).Where(group => group.Count() > 1))
        {
            var seen = new Dictionary<string, LiteLlmModel>(StringComparer.Ordinal);
            foreach (var model in group)
            {
                if (!seen.TryAdd(Canonical(model.Parameters), model))
                {
                    var first = seen[Canonical(model.Parameters)];
                    yield return file!.Finding("DuplicateModel", Severity.Error, model.Name,
                        $"the model '{group.Key}' is listed twice with equal parameters; the first is at line {first.Name.Position.Line}", "Remove one of the two.");
                }
            }

            if (seen.Count > 1)
            {
                var last = seen.Values.MaxBy(model => model.Name.Position.Line)!;
                yield return file!.Finding("LoadBalancedModel", Severity.Information, last.Name,
                    $"'{group.Key}' has {seen.Count} different entries: LiteLLM spreads its load over them", "Nothing to do if that is meant.");
            }
        }
    }

    private static IEnumerable<ConfigurationFinding> CheckRegistry(YamlFile? registry) =>
        from same in LiteLlmModels.Registered(registry).GroupBy(name => name.Text)
        from later in same.Skip(1)
        select registry!.Finding("DuplicateModel", Severity.Error, later,
            $"the registry names '{same.Key}' a second time; the first is at line {same.First().Position.Line}", "Remove one of the two.");

    private static string Canonical(YamlNode node) => node switch
    {
        YamlScalar scalar => $"{(scalar.IsPlain ? 'p' : 'q')}{scalar.Text.Length}:{scalar.Text}",
        YamlSequence list => $"[{string.Join(',', list.Items.Select(Canonical))}]",
        YamlMapping mapping => $"{{{string.Join(',', mapping.Entries.OrderBy(entry => entry.Key.Text, StringComparer.Ordinal).Select(entry => $"{entry.Key.Text}={Canonical(entry.Value)}"))}}}",
        _ => "",
    };
}
