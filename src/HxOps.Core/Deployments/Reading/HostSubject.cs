using HxOps.Formats.Shapes;

namespace HxOps.Deployments.Reading;

/// <summary>The parts of a deployment file that say what the host keeps and runs: backups, units, the Python environment, configuration files.</summary>
internal static class HostSubject
{
    /// <summary>Where checkpoints are kept.</summary>
    public static MappingShape<BackupPolicy> Backups(DeploymentScope scope)
    {
        var folder = ShapeKey.Required("folder", "Folder that checkpoints are kept in.", new HostPathShape(scope.Root));
        var checkpoint = ShapeKey.Required("checkpointPrefix", "Beginning of a checkpoint's file name.", Words.FilePrefix);
        var safety = ShapeKey.Optional("safetyPrefix", "Beginning of the file name of a safety checkpoint (pre-restore-).", Words.FilePrefix);
        var keep = ShapeKey.Optional("keep", "How many of each kind a pruning keeps unless told otherwise (5).", new IntegerShape(1, 100_000));

        return new MappingShape<BackupPolicy>("backups", [folder, checkpoint, safety, keep], (values, reading) =>
        {
            var policy = new BackupPolicy(values.Get(folder), values.Get(checkpoint), values.Get(safety, "pre-restore-"), values.Get(keep, 5));
            if (!policy.CheckpointPrefix.StartsWith(policy.SafetyPrefix, StringComparison.Ordinal)
                && !policy.SafetyPrefix.StartsWith(policy.CheckpointPrefix, StringComparison.Ordinal))
            {
                return policy;
            }

            reading.Report(values.Position, "checkpointPrefix and safetyPrefix must not begin with one another, or the two kinds could not be told apart");
            return null;
        });
    }

    /// <summary>One unit.</summary>
    public static MappingShape<ManagedUnit> Unit()
    {
        var name = ShapeKey.Required("name", "Full unit name.", Words.Unit);
        var start = ShapeKey.Optional("start", "When a restore starts it: always (default), enabled, wasActive or never.", new ChoiceShape<StartRule>(
            ("always", StartRule.Always), ("enabled", StartRule.Enabled), ("wasActive", StartRule.WasActive), ("never", StartRule.Never)));

        return new MappingShape<ManagedUnit>("a unit", [name, start], (values, _) =>
            new ManagedUnit(values.Get(name), values.Get(start, StartRule.Always)));
    }

    /// <summary>The Python environment.</summary>
    public static MappingShape<PythonEnvironment> Python(DeploymentScope scope)
    {
        var environment = ShapeKey.Required("environment", "Folder of the virtual environment.", new HostPathShape(scope.Root));
        var package = ShapeKey.Required("package", "Package whose version is recorded by itself.", Words.Identifier);

        return new MappingShape<PythonEnvironment>("python", [environment, package], (values, _) =>
            new PythonEnvironment(values.Get(environment), values.Get(package)));
    }

    /// <summary>The files that offline validation reads.</summary>
    public static MappingShape<ConfigurationFiles> Configuration(DeploymentScope scope)
    {
        var path = new HostPathShape(scope.Root);
        var liteLlm = ShapeKey.Optional("liteLlm", "LiteLLM's config.yaml.", path);
        var routing = ShapeKey.Optional("routing", "The wrapper's routing.yaml.", path);
        var registry = ShapeKey.Optional("modelRegistry", "The wrapper's model_registry.yaml.", path);
        var environment = ShapeKey.Optional("environmentFile", "Environment file of the units.", path);

        return new MappingShape<ConfigurationFiles>("configuration", [liteLlm, routing, registry, environment], (values, _) => new ConfigurationFiles(
            values.Get(liteLlm, null), values.Get(routing, null), values.Get(registry, null), values.Get(environment, null)));
    }
}
