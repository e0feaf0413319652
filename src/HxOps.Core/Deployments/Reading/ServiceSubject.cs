using System.Collections.Immutable;
using HxOps.Formats.Shapes;

namespace HxOps.Deployments.Reading;

/// <summary>The part of a deployment file that describes the service HxOps can install.</summary>
internal static class ServiceSubject
{
    private const int EnvironmentFileMode = 0x1A0; // 640: root writes, the service's group reads.
    private static readonly TextShape Word = new("a word of a command line");
    private static readonly ListShape<string> UnitNames = new(Words.Unit, name => name);

    /// <summary>The service.</summary>
    public static MappingShape<GatewayService> Create(DeploymentScope scope)
    {
        var path = new HostPathShape(scope.Root);
        var unit = ShapeKey.Required("unit", "Full unit name.", Words.Unit);
        var description = ShapeKey.Required("description", "One line on what it is.", TextShape.Any);
        var command = ShapeKey.Required("command", "The program and its arguments, each as it is; no shell.", new ListShape<string>(Word));
        var folder = ShapeKey.Required("workingFolder", "Folder it starts in.", path);
        var port = ShapeKey.Required("port", "Port it listens on.", Words.Port);
        var account = ShapeKey.Required("account", "Account it runs as.", Account());
        var after = ShapeKey.Optional("after", "Units it is ordered behind; it starts without them.", UnitNames);
        var wants = ShapeKey.Optional("wants", "Units it pulls in; it starts without them.", UnitNames);
        var wantedBy = ShapeKey.Optional("wantedBy", "Targets that pull it in once it is enabled (multi-user.target).", UnitNames);
        var environment = ShapeKey.Required("environment", "Its environment file; credentials have no other place.", Environment(scope));
        var limits = ShapeKey.Optional("limits", "What it may use.", Limits());
        var entryPoints = ShapeKey.Optional("entryPoints", "Programs that may stand behind the unit, told apart by their command line.",
            new ListShape<EntryPointKind>(EntryPoint(scope), kind => kind.Name));
        var history = ShapeKey.Optional("history", "Files under version control that held the unit, besides the installed one.", new ListShape<string>(path, file => file));
        var dependencies = ShapeKey.Optional("dependencies", "Script that installs what it runs; named where that is missing.", path);
        var ownFolder = ShapeKey.Optional("ownFolder", "Folder that belongs to its account with all below it.", path);
        var procedure = ShapeKey.Optional("procedure", "The task that asks for a documented way back, and the document.", Procedure(path));

        return new MappingShape<GatewayService>("service",
            [unit, description, command, folder, port, account, after, wants, wantedBy, environment, limits, entryPoints, history, dependencies, ownFolder, procedure],
            (values, _) => new GatewayService
            {
                Unit = values.Get(unit),
                Description = values.Get(description),
                Command = values.Get(command),
                WorkingFolder = values.Get(folder),
                Port = values.Get(port),
                Account = values.Get(account),
                After = values.Get(after, []),
                Wants = values.Get(wants, []),
                WantedBy = values.Get(wantedBy, ["multi-user.target"]),
                Environment = values.Get(environment),
                Limits = values.Get(limits, ServiceLimits.Default),
                EntryPoints = values.Get(entryPoints, []),
                History = values.Get(history, []),
                Procedure = values.Get(procedure, null),
                Dependencies = values.Get(dependencies, null),
                OwnFolder = values.Get(ownFolder, null),
            });
    }

    private static MappingShape<ServiceAccount> Account()
    {
        var user = ShapeKey.Required("user", "Its name.", Words.Account);
        var group = ShapeKey.Required("group", "Its group.", Words.Account);
        var shell = ShapeKey.Optional("shell", "Its login shell, one that lets nobody in (/bin/false).", new HostPathShape(root: null));
        return new MappingShape<ServiceAccount>("account", [user, group, shell], (values, _) =>
            new ServiceAccount(values.Get(user), values.Get(group), values.Get(shell, "/bin/false")));
    }

    private static MappingShape<ServiceEnvironment> Environment(DeploymentScope scope)
    {
        var file = ShapeKey.Required("file", "The file.", new HostPathShape(scope.Root));
        var owner = ShapeKey.Optional("owner", "Its owner (root).", Words.Account);
        var group = ShapeKey.Required("group", "Its group, the service's.", Words.Account);
        var mode = ShapeKey.Optional("mode", "Its mode from the first moment on, in octal (640).", new FileModeShape());
        var values = ShapeKey.Optional("values", "Variables that are no secrets.", new DictionaryShape<string>(TextShape.Any));
        var secrets = ShapeKey.Optional("secrets", "Variables and the names of the secrets that fill them.",
            new DictionaryShape<Secret>(new NameReferenceShape<Secret>("secret", scope.Secrets)));
        return new MappingShape<ServiceEnvironment>("environment", [file, owner, group, mode, values, secrets], (read, _) => new ServiceEnvironment(
            read.Get(file),
            read.Get(owner, "root"),
            read.Get(group),
            read.Get(mode, EnvironmentFileMode),
            read.Get(values, ImmutableSortedDictionary<string, string>.Empty),
            read.Get(secrets, ImmutableSortedDictionary<string, Secret>.Empty).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Name, StringComparer.Ordinal)));
    }

    private static MappingShape<ServiceLimits> Limits()
    {
        var openFiles = ShapeKey.Optional("openFiles", "Most open files (65536).", new IntegerShape(1, 1 << 30));
        var start = ShapeKey.Optional("start", "How long it may take to start (30s).", Words.Duration);
        var stop = ShapeKey.Optional("stop", "How long it may take to stop before it is killed (30s).", Words.Duration);
        var memory = ShapeKey.Optional("memory", "Most memory, such as 512M; without it no limit.", new TextShape("an amount of memory such as 512M", "[1-9][0-9]{0,9}[KMGT]?"));
        return new MappingShape<ServiceLimits>("limits", [openFiles, start, stop, memory], (values, _) => new ServiceLimits(
            values.Get(openFiles, ServiceLimits.Default.OpenFiles),
            values.Get(start, ServiceLimits.Default.Start),
            values.Get(stop, ServiceLimits.Default.Stop),
            values.Get(memory, null)));
    }

    private static MappingShape<ServiceProcedure> Procedure(HostPathShape path)
    {
        var date = new TextShape("a date such as 2025-08-21", "[0-9]{4}-[0-9]{2}-[0-9]{2}");
        var task = ShapeKey.Required("task", "Id of the task.", TextShape.Any);
        var title = ShapeKey.Required("title", "What it asks for.", TextShape.Any);
        var priority = ShapeKey.Optional("priority", "Its priority, in words.", TextShape.Any);
        var assignedTo = ShapeKey.Optional("assignedTo", "Who does it.", TextShape.Any);
        var due = ShapeKey.Optional("due", "When it is due.", date);
        var created = ShapeKey.Required("created", "When it was made.", date);
        var document = ShapeKey.Required("document", "Markdown file that the procedure belongs into.", path);
        return new MappingShape<ServiceProcedure>("procedure", [task, title, priority, assignedTo, due, created, document], (values, _) => new ServiceProcedure(
            values.Get(task), values.Get(title), values.Get(priority, ""), values.Get(assignedTo, ""), values.Get(due, ""), values.Get(created), values.Get(document)));
    }

    private static MappingShape<EntryPointKind> EntryPoint(DeploymentScope scope)
    {
        var name = ShapeKey.Required("name", "Name of the kind of program.", Words.Identifier);
        var match = ShapeKey.Required("match", "Text that its command line contains, and no other's does.", TextShape.Any);
        var health = ShapeKey.Optional("health", "What is asked on the service's port, the cheap question first.", new ListShape<HealthQuestion>(Question(scope)));
        return new MappingShape<EntryPointKind>("an entry point", [name, match, health], (values, _) =>
            new EntryPointKind(values.Get(name), values.Get(match), values.Get(health, [])));
    }

    private static MappingShape<HealthQuestion> Question(DeploymentScope scope)
    {
        var path = ShapeKey.Required("path", "Path and query.", new TextShape("a path that begins with /", "/[^\\s]*"));
        var status = ShapeKey.Optional("status", "Expected status code (200).", new IntegerShape(100, 599));
        var secret = ShapeKey.Optional("secret", "Name of the secret sent as a bearer token.", new NameReferenceShape<Secret>("secret", scope.Secrets));
        var deadline = ShapeKey.Optional("deadline", "How long the answer may take (5s).", Words.Duration);
        return new MappingShape<HealthQuestion>("a health question", [path, status, secret, deadline], (values, _) => new HealthQuestion(
            values.Get(path), values.Get(status, 200), values.Get(secret, null)?.Name, values.Get(deadline, TimeSpan.FromSeconds(5))));
    }
}
