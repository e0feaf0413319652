using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Units;
using HxOps.Tools.Processes;

namespace HxOps.Services.Embedded;

/// <summary>
/// Turns a unit's commands into processes below a root. A unit file holds host paths, but its process sees the machine's file system. So
/// below a root the program, the working folder, every argument and every part of a variable that is an absolute path existing below
/// the root are given as the path they have there; everything else stays as it is written.
/// </summary>
internal sealed class UnitLaunch
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly HostRoot _root;
    private readonly LocatedPaths _paths;
    private readonly ServiceSettings _settings;
    private readonly ImmutableDictionary<string, string> _environment;
    private readonly string _logFile;
    private readonly AccountRule _accounts;

    internal UnitLaunch(HostRoot root, ServiceSettings settings, UnitState state, string logFile, AccountRule accounts)
    {
        _root = root;
        _paths = new LocatedPaths(root);
        _settings = settings;
        _logFile = logFile;
        _accounts = accounts;
        _environment = ComposeEnvironment(state);
    }

    /// <summary>Starts one command of the unit.</summary>
    /// <exception cref="HxException">It cannot be executed.</exception>
    internal DetachedProcess Start(ExecCommand command, int? mainProcess)
    {
        var environment = mainProcess is { } id ? _environment.SetItem("MAINPID", id.ToString(CultureInfo.InvariantCulture)) : _environment;
        var program = ProgramFinder.Find(_paths.Path(command.Program), environment);
        ImmutableArray<string> arguments = [.. command.Expand(environment).Select(_paths.Word)];
        if (Identity() is { IsEmpty: false } identity && !command.IsPrivileged)
        {
            arguments = [.. identity, "--", program, .. arguments];
            program = ProgramFinder.Find("setpriv", environment);
        }

        return DetachedProcess.Start(new DetachedStart(program, arguments, environment, _logFile)
        {
            Name = command.Name,
            WorkingFolder = WorkingFolder(),
            MostOpenFiles = _settings.MostOpenFiles,
        });
    }

    /// <summary>Whether the unit asks for an account that is not taken on: below a root, or without the right to.</summary>
    internal bool IgnoresAccount => _settings.User is not null && Identity().IsEmpty;

    private ImmutableArray<string> Identity() =>
        (!_root.IsMachine && _accounts == AccountRule.OnTheMachine) || !Environment.IsPrivilegedProcess || (_settings.User ?? _settings.Group) is null ? []
        : _settings.User is not { } user ? ["--regid", _settings.Group!, "--clear-groups"]
        : ["--reuid", user, "--regid", _settings.Group ?? user, "--init-groups"];

    private string WorkingFolder()
    {
        if (_settings.WorkingFolder is not { } folder)
        {
            return _root.IsMachine ? "/" : _root.Folder;
        }

        var path = _root.Locate(folder.Path == "~" ? "/root" : folder.Path);
        return Directory.Exists(path) || !folder.MayBeMissing ? path : _root.Locate("/");
    }

    private ImmutableDictionary<string, string> ComposeEnvironment(UnitState state)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        variables["PATH"] = DefaultPath;
        variables["LANG"] = Environment.GetEnvironmentVariable("LANG") ?? "C.UTF-8";
        variables[UnitState.InvocationVariable] = state.Invocation;
        foreach (var name in _settings.PassedEnvironment)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var variable in UnitEnvironment.Read(_root, _settings))
        {
            variables[variable.Name] = _paths.List(variable.Value);
        }

        return variables.ToImmutable();
    }
}
