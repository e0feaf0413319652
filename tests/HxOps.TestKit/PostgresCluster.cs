using System.Diagnostics;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.TestKit;

/// <summary>
/// A real PostgreSQL server of its own, made from this host's programs, reachable by a socket only. It ends with the tests. Where it cannot
/// be had, <see cref="Absence"/> says why.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private const string Programs = "/usr/lib/postgresql";
    private const string Everybody = "65534";

    // Ends the server when standard input is closed, however this process ends.
    private const string Keep = "\"$@\" & server=$!; cat > /dev/null; kill -INT $server; wait $server";

    private readonly ScratchFolder _folder = new();
    private readonly ProcessRunner _runner = new();
    private Process? _keeper;
    private int _databases;

    /// <summary>Why there is no server, for <c>Skip.If</c>; null when it runs.</summary>
    public string? Absence { get; private set; }

    /// <summary>The folder of its socket, which is the host to connect to.</summary>
    public string Host => _folder["socket"];

    /// <summary>The folder of PostgreSQL's programs, or null where there are none.</summary>
    public static string? ProgramFolder => !Directory.Exists(Programs)
        ? null
        : Directory.EnumerateDirectories(Programs).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "postgres"))).Order(StringComparer.Ordinal).LastOrDefault();

    public async Task InitializeAsync()
    {
        Absence = ProgramFolder is null ? "needs PostgreSQL's programs in /usr/lib/postgresql" : null;
        if (Absence is not null)
        {
            return;
        }

        foreach (var name in new[] { "data", "socket" })
        {
            Directory.CreateDirectory(_folder[name]);
            File.SetUnixFileMode(_folder[name], (UnixFileMode)0x1FF);
        }

        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);
        var make = AsOrdinaryUser([$"{ProgramFolder}/initdb", "--pgdata", _folder["data/db"], "--auth", "trust", "--username", "unicorn", "--no-sync", "--locale", "C", "--encoding", "UTF8"]);
        await _runner.RunCheckedAsync(new ToolCommand(make[0], make[1..]) { Deadline = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        var serve = AsOrdinaryUser(["bash", "-c", Keep, "keep", $"{ProgramFolder}/postgres", "-D", _folder["data/db"], "-k", Host, "-c", "listen_addresses=", "-c", "fsync=off"]);
        _keeper = Process.Start(new ProcessStartInfo(serve[0], serve[1..]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        _ = _keeper.StandardError.ReadToEndAsync();
        await Eventually.HoldsAsync(() => Bash.Try("/", $"psql -h '{Host}' -U unicorn -d postgres -qAtc 'select 1'").ExitCode == 0, "the server answers");
    }

    public async Task DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync();
            _keeper.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Makes a database and runs statements in it; gives its name.</summary>
    public string NewDatabase(params string[] statements)
    {
        var name = $"db{Interlocked.Increment(ref _databases)}";
        Run("postgres", $"CREATE DATABASE {name}");
        foreach (var text in statements)
        {
            Run(name, text);
        }

        return name;
    }

    /// <summary>Runs statements that must succeed; gives the rows, one a line.</summary>
    public string Run(string database, string statements)
    {
        var command = new ToolCommand("psql", ["-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", Host, "-U", "unicorn", "-d", database]) { Input = statements };
        return _runner.RunCheckedAsync(command, CancellationToken.None).GetAwaiter().GetResult().Output.Trim();
    }

    private static string[] AsOrdinaryUser(string[] command) => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Everybody}", $"--regid={Everybody}", "--clear-groups", .. command]
        : command;
}
