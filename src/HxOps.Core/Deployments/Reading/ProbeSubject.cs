using System.Collections.Immutable;
using HxOps.Formats.Shapes;
using HxOps.Gateway;

namespace HxOps.Deployments.Reading;

/// <summary>The part of a deployment file that says how the gateway's health is told.</summary>
internal sealed class ProbeSubject
{
    private static readonly TextShape UrlPath = new("a path that begins with /", "/[^\\s]*");
    private static readonly TextShape Model = new("the name of a model");

    private readonly ProbeKeys _common = new();
    private readonly DeploymentScope _scope;
    private readonly ShapeKey<Endpoint> _endpoint;
    private readonly ShapeKey<string> _model = ShapeKey.Required("model", "Name of the model that is asked.", Model);
    private readonly ShapeKey<string> _prompt = ShapeKey.Optional("prompt", "What the model is asked.", TextShape.Any);

    private ProbeSubject(DeploymentScope scope)
    {
        _scope = scope;
        _endpoint = ShapeKey.Required("endpoint", "Name of the endpoint that is asked.", new NameReferenceShape<Endpoint>("endpoint", scope.Endpoints));
    }

    /// <summary>One probe of any kind.</summary>
    public static UnionShape<ProbeDefinition> Create(DeploymentScope scope)
    {
        var subject = new ProbeSubject(scope);
        return new UnionShape<ProbeDefinition>("a probe", "kind",
            subject.Unit(), subject.Port(), subject.Http(), subject.DeepHealth(), subject.Models(),
            subject.Embeddings(), subject.Chat(), subject.Stream(), subject.Backend(), subject.Log());
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Unit()
    {
        var unit = ShapeKey.Required("unit", "Full name of the unit that must be active.", Words.Unit);
        return _common.Kind("unit", [unit], (values, common, _) => new UnitProbe(values.Get(unit))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        });
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Port()
    {
        var endpoint = ShapeKey.Optional("endpoint", "Endpoint whose host and port must accept connections.", _endpoint.Shape);
        var host = ShapeKey.Optional("host", "Host that must accept connections (127.0.0.1).", Words.Identifier);
        var port = ShapeKey.Optional("port", "Port that must accept connections.", Words.Port);
        return _common.Kind("port", [endpoint, host, port], (values, common, reading) =>
        {
            var url = values.Get(endpoint, null)?.Url;
            if ((values.GetOrNull(port) ?? url?.Port) is not { } number)
            {
                reading.Report(values.Position, "a probe of kind port needs the key 'endpoint' or the key 'port'");
                return null;
            }

            return new PortProbe(values.Get(host, url?.Host ?? "127.0.0.1"), number)
            {
                Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
            };
        }, endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Http()
    {
        var path = ShapeKey.Required("path", "Path and query.", UrlPath);
        var status = ShapeKey.Optional("status", "Expected status code (200).", new IntegerShape(100, 599));
        var expect = ShapeKey.Optional("expect", "JSON members that must have these texts, by dotted path.", new DictionaryShape<string>(TextShape.Any));
        return _common.Kind("http", [_endpoint, path, status, expect], (values, common, _) => new HttpProbe(
            values.Get(_endpoint).Name, values.Get(path), values.Get(status, 200), values.Get(expect, ImmutableSortedDictionary<string, string>.Empty))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) DeepHealth()
    {
        var path = ShapeKey.Optional("path", "Path (/health).", UrlPath);
        return _common.Kind("deepHealth", [_endpoint, path], (values, common, _) => new DeepHealthProbe(values.Get(_endpoint).Name, values.Get(path, "/health"))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Models()
    {
        var count = ShapeKey.Optional("count", "How many models are listed.", new IntegerShape(0, 100_000));
        var names = ShapeKey.Optional("names", "Models that are among them.", new ListShape<string>(Model));
        return _common.Kind("models", [_endpoint, count, names], (values, common, _) => new ModelsProbe(
            values.Get(_endpoint).Name, values.GetOrNull(count), values.Get(names, []))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Embeddings()
    {
        var dimensions = ShapeKey.Required("dimensions", "Size of the vector.", new IntegerShape(1, 1_000_000));
        return _common.Kind("embeddings", [_endpoint, _model, dimensions], (values, common, _) => new EmbeddingsProbe(
            values.Get(_endpoint).Name, values.Get(_model), values.Get(dimensions))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Chat()
    {
        var seed = ShapeKey.Optional("seed", "Seed sent with both requests (42).", new IntegerShape(0, int.MaxValue));
        return _common.Kind("chat", [_endpoint, _model, _prompt, seed], (values, common, _) => new ChatProbe(
            values.Get(_endpoint).Name, values.Get(_model), values.Get(_prompt, "Answer with the single word: pong"), values.Get(seed, 42))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Stream()
    {
        var first = ShapeKey.Optional("firstToken", "Longest time to the first token (5s).", Words.Duration);
        var cancel = ShapeKey.Optional("cancel", "Longest time that hanging up takes (500ms).", Words.Duration);
        return _common.Kind("stream", [_endpoint, _model, _prompt, first, cancel], (values, common, _) => new StreamProbe(
            values.Get(_endpoint).Name, values.Get(_model), values.Get(_prompt, "Count from one to two hundred in words."), // Not over before it is hung up.
            values.Get(first, TimeSpan.FromSeconds(5)), values.Get(cancel, TimeSpan.FromMilliseconds(500)))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);
    }

    private (string Word, MappingShape<ProbeDefinition> Shape) Backend() =>
        _common.Kind("backend", [_endpoint], (values, common, _) => new BackendProbe(values.Get(_endpoint).Name)
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        }, _endpoint);

    private (string Word, MappingShape<ProbeDefinition> Shape) Log()
    {
        var pattern = ShapeKey.Required("pattern", "The logs: a path with * and ? in its last segment; the newest is looked at.",
            new HostPathShape(_scope.Root, wildcardSegments: 1));
        var failure = ShapeKey.Optional("failurePattern", "A regular expression that no line may match; without it the log is only shown.", new RegexShape());
        var lines = ShapeKey.Optional("lines", "How many last lines are shown (20).", new IntegerShape(1, 1000));
        return _common.Kind("log", [pattern, failure, lines], (values, common, _) => new LogProbe(
            values.Get(pattern), values.Get(failure, null), values.Get(lines, 20))
        {
            Name = common.Name, Importance = common.Importance, Layer = common.Layer, Deadline = common.Deadline,
        });
    }
}
