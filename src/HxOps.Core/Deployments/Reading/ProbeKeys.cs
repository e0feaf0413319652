using System.Collections.Immutable;
using HxOps.Formats.Shapes;
using HxOps.Gateway;

namespace HxOps.Deployments.Reading;

/// <summary>The keys that every probe has, and the making of a probe from them.</summary>
internal sealed class ProbeKeys
{
    private readonly ShapeKey<string> _name = ShapeKey.Required("name", "Name, unique within the file.", Words.Identifier);

    private readonly ShapeKey<Importance> _importance = ShapeKey.Optional("importance",
        "required: the verdict hangs on it (default); wanted: it is only reported.",
        new ChoiceShape<Importance>(("required", Importance.Required), ("wanted", Importance.Wanted)));

    private readonly ShapeKey<GatewayLayer> _layer = ShapeKey.Optional("layer",
        "Part of the gateway that it asks; without it that of its endpoint, else host.", EndpointSubject.Layer);

    private readonly ShapeKey<TimeSpan> _deadline = ShapeKey.Optional("deadline", "How long it may take (5s).", Words.Duration);

    /// <summary>One kind of probe.</summary>
    /// <param name="kind">The word under <c>kind</c>.</param>
    /// <param name="keys">The keys of this kind only.</param>
    /// <param name="build">Makes the probe; its common members are set afterwards. Null after a problem was noted.</param>
    /// <param name="endpoint">The key that names its endpoint, or null.</param>
    public (string Word, MappingShape<ProbeDefinition> Shape) Kind(
        string kind, ImmutableArray<ShapeKey> keys, Func<ShapeValues, ProbeCommons, ShapeReading, ProbeDefinition?> build, ShapeKey<Endpoint>? endpoint = null)
    {
        var selector = ShapeKey.Required("kind", "What it asks.", new ChoiceShape<string>((kind, kind)));
        ImmutableArray<ShapeKey> all = [_name, selector, _importance, _layer, _deadline, .. keys];
        return (kind, new MappingShape<ProbeDefinition>($"a probe of kind {kind}", all, (values, reading) =>
        {
            var layer = (endpoint is null ? null : values.Get(endpoint, null))?.Layer ?? GatewayLayer.Host;
            var commons = new ProbeCommons(
                values.Get(_name),
                values.Get(_importance, Importance.Required),
                values.Get(_layer, layer),
                values.Get(_deadline, TimeSpan.FromSeconds(5)));
            return build(values, commons, reading);
        }));
    }
}

/// <summary>What every probe has.</summary>
internal sealed record ProbeCommons(string Name, Importance Importance, GatewayLayer Layer, TimeSpan Deadline);
