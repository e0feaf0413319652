using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HxOps.Files;
using HxOps.Services.Embedded;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints.Rehearsing;

/// <summary>
/// A scratch root with the unit of a deployment in it, on another port. What the unit's program needs is linked into it, not copied: no
/// secret is written anew. It is removed with everything in it.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Runnable = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Runnable | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program works in its real folder, and a rehearsal leaves nothing there: Python would keep what it has compiled.</summary>
    private const string Traceless = "[Service]\nEnvironment=PYTHONDONTWRITEBYTECODE=1\n";
    private readonly DeploymentContext _real;
    private readonly string _folder = TemporaryFolder.Make("hxops-rehearsal-");
    private readonly Regex _port;

    /// <param name="real">The deployment.</param>
    /// <param name="accounts">Whether the unit's account is taken on. The folder stays the caller's: what is written into it is not for that account to turn elsewhere.</param>
    internal Sandbox(DeploymentContext real, AccountRule accounts)
    {
        _real = real;
        var service = real.Deployment.Service!;
        _port = new Regex($@"(?<![0-9.]){service.Port}(?![0-9.])", RegexOptions.CultureInvariant);
        Port = RehearsalPort.Find();
        var root = HostRoot.At(_folder);
        Context = real with
        {
            Root = root,
            Services = new EmbeddedSupervisor(root, real.Secrets.CreateRedactor(), real.Clock, accounts),
            Deployment = real.Deployment with { Service = service with { Port = Port } },
        };
        if (accounts == AccountRule.Always)
            File.SetUnixFileMode(_folder, Passable);
    }

    /// <summary>The deployment in the sandbox.</summary>
    internal DeploymentContext Context { get; }

    /// <summary>The port in place of the service's own.</summary>
    internal int Port { get; }

    /// <summary>A text of the unit as it stands in the sandbox: with the other port, and without commands that run besides the program.</summary>
    internal string Adapt(string unitText) => string.Join('\n', _port.Replace(unitText, $"{Port}").Split('\n')
        .Where(line => !Regex.IsMatch(line, @"^\s*Exec(StartPre|StartPost|Stop|StopPost|Reload|Condition)\s*=", RegexOptions.CultureInvariant)));

    /// <summary>Lays the unit's files, its environment files and its working folder.</summary>
    internal void LayUnit(UnitDefinition unit, Func<string, string> read)
    {
        foreach (var path in unit.DropIns.Prepend(unit.File))
            Write(path, Adapt(read(path)));

        Write($"/etc/systemd/system/{unit.Name.Full}.d/zz-rehearsal.conf", Traceless);
        var settings = ServiceSettings.Of(unit);
        foreach (var path in settings.EnvironmentFiles.SelectMany(EnvironmentPaths))
            Link(path);
        if (settings.WorkingFolder is { } folder && !Link(folder.Path))
            MakeFolder(Context.Root.Locate(folder.Path));
    }

    /// <summary>The host paths that an environment file's setting names: its wildcards are for the machine's files, of which none is here yet.</summary>
    private IEnumerable<string> EnvironmentPaths(OptionalPath file)
    {
        try
        {
            return [.. UnitEnvironment.PathsOf(_real.Root, file).Select(_real.Root.HostPathOf)];
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, _real.Root.Locate(file.Path), "read");
        }
    }

    /// <summary>Lays a text that the unit has, or has no more, as the plan knows it.</summary>
    internal void LayText(string hostPath, string text) => Write(hostPath, text);

    /// <summary>Links a path of the host into the sandbox where it exists.</summary>
    internal bool Link(string hostPath)
    {
        var source = _real.Root.Locate(hostPath);
        var link = Context.Root.Locate(hostPath);
        if (!Path.Exists(source) || new FileInfo(link).LinkTarget is not null || Path.Exists(link))
            return Path.Exists(source);

        MakeFolder(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.GetFullPath(source));
        return true;
    }

    /// <summary>Lays a script that is called like a program and hands over to a stand-in.</summary>
    internal void StandIn(string program, ImmutableArray<string> words)
    {
        var command = string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        Write(program, $"#!/bin/sh\n{command} &\nwait $!\n");
        File.SetUnixFileMode(Context.Root.Locate(program), Runnable);
    }

    public void Dispose() => TreeRemover.Remove(_folder);

    private void Write(string hostPath, string text)
    {
        var local = Context.Root.Locate(hostPath);
        MakeFolder(Path.GetDirectoryName(local)!);
        RemoveLink(local);
        File.WriteAllText(local, text);
        File.SetUnixFileMode(local, OwnerFile); // A drop-in may hold what only root reads.
    }

    /// <summary>
    /// Makes a folder and those above it, passable whatever the caller's umask says; who may come in at all, the sandbox's own folder decides.
    /// A link on the way leads out of the sandbox: a folder takes its place, or what is written here would be written there.
    /// </summary>
    private void MakeFolder(string local)
    {
        if (local == _folder)
            return;

        MakeFolder(Path.GetDirectoryName(local)!);
        RemoveLink(local);
        if (Directory.Exists(local))
            return;

        Directory.CreateDirectory(local);
        File.SetUnixFileMode(local, Passable);
    }

    private static void RemoveLink(string local)
    {
        if (new FileInfo(local).LinkTarget is not null)
            File.Delete(local);
    }
}
