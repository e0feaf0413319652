using HxOps.Formats.Shapes;

namespace HxOps.Deployments.Reading;

/// <summary>The part of a deployment file that says of which files the gateway consists.</summary>
internal static class ComponentSubject
{
    /// <summary>One component.</summary>
    public static MappingShape<Component> Create(DeploymentScope scope)
    {
        var name = ShapeKey.Required("name", "Name by which -Component chooses it.", Words.Identifier);
        var archive = ShapeKey.Required("archive", "Folder within snapshot/ that holds it.", Words.ArchiveFolder);
        var role = ShapeKey.Optional("role", "state: a restore brings it back (default); evidence: it is recorded and never written back.",
            new ChoiceShape<ComponentRole>(("state", ComponentRole.State), ("evidence", ComponentRole.Evidence)));
        var policy = ShapeKey.Optional("policy", "Owner and modes that a restore sets for sources without a policy of their own.", Policy());
        var sources = ShapeKey.Required("sources", "Where its files lie; a file that two of them match belongs to the first.",
            new ListShape<FileSource>(Source(scope), source => source.Path));

        return new MappingShape<Component>("a component", [name, archive, role, policy, sources], (values, _) => new Component(
            values.Get(name),
            values.Get(archive),
            values.Get(role, ComponentRole.State),
            [.. values.Get(sources).Select(source => source with { Policy = source.Policy ?? values.Get(policy, null) })]));
    }

    private static MappingShape<FileSource> Source(DeploymentScope scope)
    {
        var path = ShapeKey.Required("path", "A file, a folder with all below it, or a pattern with * and ? in its last two segments.",
            new HostPathShape(scope.Root, wildcardSegments: 2));
        var presence = ShapeKey.Optional("presence", "required: no checkpoint is made without it; optional: its absence is recorded (default).",
            new ChoiceShape<Presence>(("optional", Presence.Optional), ("required", Presence.Required)));
        var newest = ShapeKey.Optional("newest", "Takes only so many matches, the last modified ones.", new IntegerShape(1, 10_000));
        var secret = ShapeKey.Optional("secret", "Whether the content is secret throughout, and so never shown.", new SwitchShape());
        var policy = ShapeKey.Optional("policy", "Owner and modes that a restore sets; without it the recorded ones come back.", Policy());

        return new MappingShape<FileSource>("a source", [path, presence, newest, secret, policy], (values, _) =>
            new FileSource(values.Get(path), values.Get(presence, Presence.Optional))
            {
                Newest = values.GetOrNull(newest),
                IsSecret = values.Get(secret, false),
                Policy = values.Get(policy, null),
            });
    }

    private static MappingShape<OwnershipPolicy> Policy()
    {
        var user = ShapeKey.Required("user", "Owner, by name.", Words.Account);
        var group = ShapeKey.Required("group", "Group, by name.", Words.Account);
        var files = ShapeKey.Optional("files", "Mode of files, in octal; without it the recorded one.", new FileModeShape());
        var scripts = ShapeKey.Optional("scripts", "Mode of files that begin with #! or end in .sh; without it as files.", new FileModeShape());
        var directories = ShapeKey.Optional("directories", "Mode of folders; without it the recorded one.", new FileModeShape());

        return new MappingShape<OwnershipPolicy>("a policy", [user, group, files, scripts, directories], (values, _) => new OwnershipPolicy(
            values.Get(user), values.Get(group), values.GetOrNull(files), values.GetOrNull(scripts), values.GetOrNull(directories)));
    }
}
