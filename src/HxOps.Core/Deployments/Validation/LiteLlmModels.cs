using System.Collections.Immutable;
using System.IO.Enumeration;
using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>One well-formed entry of LiteLLM's <c>model_list</c>.</summary>
/// <param name="Name">Its <c>model_name</c>, which several entries may share.</param>
/// <param name="Parameters">Its <c>litellm_params</c>.</param>
internal sealed record LiteLlmModel(YamlScalar Name, YamlMapping Parameters);

/// <summary>The models that the configuration knows.</summary>
internal static class LiteLlmModels
{
    /// <summary>The well-formed entries of <c>model_list</c>; what is wrong with others is the business of the shape rule.</summary>
    public static ImmutableArray<LiteLlmModel> Of(YamlFile? file) => file?.Root["model_list"] is not YamlSequence list
        ? []
        :
        [
            .. from entry in list.Items.OfType<YamlMapping>()
               let name = entry["model_name"] as YamlScalar
               let parameters = entry["litellm_params"] as YamlMapping
               where name is { IsNull: false } && parameters is not null
               select new LiteLlmModel(name, parameters),
        ];

    /// <summary>The names of the wrapper's registry.</summary>
    public static ImmutableArray<YamlScalar> Registered(YamlFile? registry) => registry?.Root["models"] is not YamlSequence list
        ? []
        : [.. list.Items.OfType<YamlMapping>().Select(model => model["name"]).OfType<YamlScalar>().Where(name => !name.IsNull)];

    /// <summary>Whether LiteLLM serves a name; an entry such as <c>openai/*</c> stands for many.</summary>
    public static bool Serves(this ImmutableArray<LiteLlmModel> models, string name) =>
        models.Any(model => model.Name.Text == name
            || (model.Name.Text.Contains('*', StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(model.Name.Text, name, ignoreCase: false)));
}
