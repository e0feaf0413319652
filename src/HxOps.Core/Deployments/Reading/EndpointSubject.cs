using HxOps.Formats.Shapes;
using HxOps.Gateway;

namespace HxOps.Deployments.Reading;

/// <summary>The parts of a deployment file that say what is asked over HTTP, and with which secrets.</summary>
internal static class EndpointSubject
{
    /// <summary>The layers by name.</summary>
    public static ChoiceShape<GatewayLayer> Layer { get; } = new(
        ("host", GatewayLayer.Host), ("wrapper", GatewayLayer.Wrapper), ("upstream", GatewayLayer.Upstream), ("backend", GatewayLayer.Backend));

    /// <summary>All endpoints.</summary>
    public static ListShape<Endpoint> Endpoints(NameList<Secret> secrets)
    {
        var name = ShapeKey.Required("name", "Name by which probes refer to it.", Words.Identifier);
        var url = ShapeKey.Required("url", "Base address.", new UrlShape());
        var layer = ShapeKey.Required("layer", "Which part of the gateway answers there.", Layer);
        var secret = ShapeKey.Optional("secret", "Name of the secret sent as a bearer token.", new NameReferenceShape<Secret>("secret", secrets));

        return new ListShape<Endpoint>(
            new MappingShape<Endpoint>("an endpoint", [name, url, layer, secret], (values, _) =>
                new Endpoint(values.Get(name), values.Get(url), values.Get(layer), values.Get(secret, null)?.Name)),
            endpoint => endpoint.Name);
    }

    /// <summary>All secrets.</summary>
    public static ListShape<Secret> Secrets()
    {
        var name = ShapeKey.Required("name", "Name by which endpoints refer to it.", Words.Identifier);
        var variable = ShapeKey.Required("variable", "Environment variable that holds the value.", Words.Variable);
        var fallback = ShapeKey.Optional("default", "The documented development value, used while the variable is unset; never printed.", TextShape.Any);

        return new ListShape<Secret>(
            new MappingShape<Secret>("a secret", [name, variable, fallback], (values, _) =>
                new Secret(values.Get(name), values.Get(variable), values.Get(fallback, null))),
            secret => secret.Name);
    }
}
