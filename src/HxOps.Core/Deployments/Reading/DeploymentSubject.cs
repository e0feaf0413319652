using System.Collections.Immutable;
using HxOps.Formats;
using HxOps.Formats.Shapes;
using HxOps.Gateway;

namespace HxOps.Deployments.Reading;

/// <summary>A whole deployment file.</summary>
internal static class DeploymentSubject
{
    private static readonly ShapeKey<string> Root = ShapeKey.Required("root", "Folder that relative paths of this file start from.", new HostPathShape(root: null));
    private static readonly ShapeKey<ImmutableArray<Secret>> Secrets = ShapeKey.Optional("secrets", "Secrets by name; their values come from the environment.", EndpointSubject.Secrets());

    /// <summary>What the parts of the file refer to; problems are left to the reading of the whole.</summary>
    public static DeploymentScope ScopeOf(YamlMapping file, Func<string, string?> environment)
    {
        var quiet = new ShapeReading(environment);
        var root = file["root"] is { } node && Root.Shape.TryRead(node, quiet, out var folder) ? folder : "/";
        var secrets = Names((ListShape<Secret>)Secrets.Shape, file["secrets"], quiet, secret => secret.Name);
        var endpoints = Names(EndpointSubject.Endpoints(secrets), file["endpoints"], quiet, endpoint => endpoint.Name);
        return new DeploymentScope(root, secrets, endpoints);
    }

    /// <summary>The shape of a file.</summary>
    /// <param name="scope">What its parts refer to.</param>
    /// <param name="source">The local path of the file.</param>
    public static MappingShape<Deployment> Create(DeploymentScope scope, string source)
    {
        var version = ShapeKey.Required("hxops", "Version of this format.", new IntegerShape(1, 1));
        var name = ShapeKey.Required("name", "Name by which commands choose the deployment.", Words.Identifier);
        var description = ShapeKey.Optional("description", "One line on what it is.", TextShape.Any);
        var host = ShapeKey.Optional("host", "The host it runs on, for reports; not looked up.", TextShape.Any);
        var backups = ShapeKey.Required("backups", "Where checkpoints are kept, and how many.", HostSubject.Backups(scope));
        var components = ShapeKey.Required("components", "The parts of which a checkpoint consists.",
            new ListShape<Component>(ComponentSubject.Create(scope), component => component.Name));
        var units = ShapeKey.Optional("units", "Units that run the gateway, in the order in which they are started.",
            new ListShape<ManagedUnit>(HostSubject.Unit(), unit => unit.Name));
        var endpoints = ShapeKey.Optional("endpoints", "Services that are asked over HTTP.", EndpointSubject.Endpoints(scope.Secrets));
        var python = ShapeKey.Optional("python", "Python environment whose packages a checkpoint records.", HostSubject.Python(scope));
        var configuration = ShapeKey.Optional("configuration", "Files that offline validation reads.", HostSubject.Configuration(scope));
        var service = ShapeKey.Optional("service", "The service that HxOps can install and whose entry point it can set back.", ServiceSubject.Create(scope));
        var probes = ShapeKey.Optional("probes", "Probes that make the gate.",
            new ListShape<ProbeDefinition>(ProbeSubject.Create(scope), probe => probe.Name));

        return new MappingShape<Deployment>("a deployment file",
            [version, name, description, host, Root, backups, components, units, Secrets, endpoints, python, configuration, service, probes],
            (values, _) => new Deployment
            {
                Name = values.Get(name),
                Description = values.Get(description, ""),
                Host = values.Get(host, null),
                Root = values.Get(Root),
                Backups = values.Get(backups),
                Components = values.Get(components),
                Units = values.Get(units, []),
                Secrets = values.Get(Secrets, []),
                Endpoints = values.Get(endpoints, []),
                Python = values.Get(python, null),
                Configuration = values.Get(configuration, new ConfigurationFiles(null, null, null, null)),
                Service = values.Get(service, null),
                Probes = values.Get(probes, []),
                Source = source,
            });
    }

    private static NameList<T> Names<T>(ListShape<T> shape, YamlNode? node, ShapeReading reading, Func<T, string> nameOf)
    {
        if (node is null)
        {
            return NameList<T>.Empty;
        }

        var items = shape.ReadWhatCanBe(node, reading, out var isWhole);
        return new NameList<T>(items.ToImmutableDictionary(nameOf), isWhole);
    }
}
