using System.Collections.Immutable;
using System.Text;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Services.EntryPoints;

namespace HxOps.Services.Installing;

/// <summary>Works out how to put the service of the deployment file on its machine, or to take it off. Changes nothing.</summary>
public sealed class ServicePlanner(DeploymentContext context)
{
    private const string UnitFolder = "/etc/systemd/system";
    private const int UnitMode = 0x1A4; // 644
    private readonly ServiceHost _host = new(context.Root);

    /// <summary>The plan; without steps when everything is as it shall be.</summary>
    /// <exception cref="HxException">
    /// The deployment file describes no service; what it runs is not installed; a key has no value of its own; a path cannot be read.
    /// </exception>
    public ServicePlan Plan(InstallRequest request)
    {
        var service = context.Deployment.Service
            ?? throw new HxException(EntryPointErrors.NoService, context.Deployment.Source, $"The deployment '{context.Deployment.Name}' describes no service.");
        return request.Action == InstallAction.Install ? PlanInstall(service, request) : PlanUninstall(service, request);
    }

    private ServicePlan PlanInstall(GatewayService service, InstallRequest request)
    {
        var text = UnitText.Of(service);
        var unitPath = $"{UnitFolder}/{service.Unit}";
        var present = FileImage.Read(context.Root.Locate(unitPath));
        var unit = new FileImage
        {
            Content = Encoding.UTF8.GetBytes(text), Mode = UnitMode, UserId = _host.IsMachine ? 0u : null, GroupId = _host.IsMachine ? 0u : null,
        };
        var isMissing = _host.IsMachine && (_host.Accounts.User(service.Account.User) is null || _host.Accounts.GroupId(service.Account.Group) is null);
        ImmutableArray<PathChange> changes =
        [
            .. One(new EnvironmentPlan(context, _host).Change(service.Environment)),
            .. unit.Matches(present) ? [] : One(new PathChange(unitPath, present, unit, UnitWords(unitPath, present))),
            .. new EnablementLinks(context.Root).Changes(service.Unit, request.Options.HasFlag(InstallOptions.NotAtBoot) ? [] : service.WantedBy),
        ];
        if (!changes.IsEmpty || isMissing)
            RefuseMissing(service);

        return new ServicePlan
        {
            Id = service.Unit,
            Request = request,
            Account = isMissing ? service.Account : null,
            Changes = changes,
            UnitFile = text,
            Diff = present?.Content is { } old ? Diff(Encoding.UTF8.GetString(old), text) : [],
            Steps = [.. Steps(changes, isMissing ? service.Account : null)],
            Notes = [.. Notes(service)],
        };
    }

    private ServicePlan PlanUninstall(GatewayService service, InstallRequest request)
    {
        var isPurge = request.Options.HasFlag(InstallOptions.Purge);
        var dropIns = DropIns(service.Unit);
        ImmutableArray<string> removed =
            [$"{UnitFolder}/{service.Unit}", .. isPurge ? [.. dropIns, service.Environment.Path] : Array.Empty<string>()];
        ImmutableArray<PathChange> changes =
        [
            .. new EnablementLinks(context.Root).Changes(service.Unit, []),
            .. from path in removed
               let present = FileImage.Read(context.Root.Locate(path))
               where present is not null
               select new PathChange(path, present, null, $"remove {path}"),
        ];
        return new ServicePlan
        {
            Id = service.Unit,
            Request = request,
            Changes = changes,
            Steps = changes.IsEmpty ? [] : [$"stop {service.Unit} and wait until it is inactive", .. changes.Select(change => change.Words), "reload the unit definitions and see that it is gone"],
            Notes = isPurge ? [] :
            [
                .. dropIns.Select(path => $"{path} stays"),
                .. FileImage.Read(context.Root.Locate(service.Environment.Path)) is null ? [] : One($"{service.Environment.Path} stays"),
                .. _host.IsMachine && _host.Accounts.User(service.Account.User) is not null ? One($"the account {service.Account.User} stays") : [],
            ],
        };
    }

    private static IEnumerable<string> Steps(ImmutableArray<PathChange> changes, ServiceAccount? account)
    {
        if (account is not null)
            yield return $"make the system account {account.User} of group {account.Group}: no home folder, login shell {account.Shell}";

        if (changes.IsEmpty)
            yield break;

        yield return "let systemd verify the unit file";
        foreach (var change in changes)
            yield return change.Words;

        yield return "reload the unit definitions, and see them in effect";
    }

    private IEnumerable<string> Notes(GatewayService service) =>
        DropIns(service.Unit).Select(path => $"{path} stays in effect");

    /// <summary>The drop-ins that operators make; those in other folders belong to packages.</summary>
    private ImmutableArray<string> DropIns(string unit)
    {
        var folder = context.Root.Locate($"{UnitFolder}/{unit}.d");
        return !Directory.Exists(folder) ? [] :
            [.. Directory.EnumerateFiles(folder, "*.conf").Order(StringComparer.Ordinal).Select(context.Root.HostPathOf)];
    }

    private void RefuseMissing(GatewayService service)
    {
        var program = service.Command[0];
        if (!program.StartsWith('/') || IsRunnable(context.Root.Locate(program)) || (!context.Root.IsMachine && !_host.IsMachine && IsRunnable(program)))
            return;

        var script = service.Dependencies;
        throw new HxException(ServiceErrors.DependenciesMissing, program, $"{program}, which the service runs, does not exist or may not be run.")
        {
            Remedy = script is null ? ServiceErrors.DependenciesMissing.Remedy
                : $"Run {script} first, which installs what the service needs; then install the service. Nothing was changed.",
        };
    }

    private static bool IsRunnable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    private static string UnitWords(string path, FileImage? present) =>
        present is null ? $"write {path}"
        : present.Link is { } link ? $"replace {path}, a link to {link}"
        : $"replace {path}";

    private ImmutableArray<string> Diff(string old, string now) =>
        [.. context.Codecs.Diff.Compare(context.Secrets.CreateRedactor().Redact(old), now).SelectMany(hunk => hunk.Lines).Select(line => $"{line.Mark}{line.Text}")];

    private static ImmutableArray<T> One<T>(T? value) => value is null ? [] : [value];
}
