using System.Collections.Immutable;
using System.Globalization;
using HxOps.Tools.Processes;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Tools;

/// <summary>
/// PostgreSQL's own programs, on this machine or in the server's container. They read no start-up file and never prompt; statements go in
/// by standard input, so that none of them shows in a list of processes.
/// </summary>
/// <param name="runner">Runs programs.</param>
/// <param name="server">Where the server is.</param>
/// <param name="name">What the server knows the session by; with it what a killed caller left there can be ended.</param>
/// <param name="environment">Variables for the programs besides their own, here and in the container.</param>
/// <param name="deadline">The longest that one call may take.</param>
internal sealed class Postgres(ProcessRunner runner, PostgresServer server, string name, IReadOnlyDictionary<string, string> environment, TimeSpan deadline)
{
    private const int MostOutput = 32 << 20;
    private const int LongestName = 63;
    private const char Field = '\x1f';

    /// <summary>The session's name as the server stores it.</summary>
    public string SessionName { get; } = name.Length <= LongestName ? name : name[..LongestName];

    /// <summary>Runs statements until the first error; any exit code is a result. Meta-commands of psql work as well.</summary>
    public Task<ToolResult> RunAsync(string database, string statements, CancellationToken cancellation) =>
        runner.RunAsync(Psql(database) with { Input = statements }, cancellation);

    /// <summary>The rows that statements give, as texts.</summary>
    public async Task<ImmutableArray<string[]>> QueryAsync(string database, string statements, CancellationToken cancellation) =>
        Rows((await runner.RunCheckedAsync(Psql(database) with { Input = statements }, cancellation)).Output);

    /// <summary>The rows of psql's output; the statements see to it that no value has a line feed.</summary>
    public static ImmutableArray<string[]> Rows(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(Field))];

    /// <summary>Dumps a database in the custom format.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="to">The open file that the dump goes into; no copy is made anywhere else.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task DumpAsync(string database, SafeFileHandle to, CancellationToken cancellation) =>
        runner.RunCheckedAsync(Command("pg_dump", ["--dbname", database, "--format", "custom"]) with { OutputFile = to }, cancellation);

    /// <summary>The definitions of everything in a database, without a row.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="without">Tables that are left out, with the sequences named after them.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<string> DefinitionsAsync(string database, ImmutableArray<string> without, CancellationToken cancellation)
    {
        var left = without.SelectMany(table => new[] { "--exclude-table", Pattern(table), "--exclude-table", $"{table}_*_seq" });
        var command = Command("pg_dump", ["--dbname", database, "--schema-only", "--no-owner", "--no-privileges", .. left]);
        return (await runner.RunCheckedAsync(command, cancellation)).Output;
    }

    /// <summary>Reads a dump from its first to its last byte, all rows included, as a restore would; <c>pg_restore --list</c> is content with half of one.</summary>
    public Task<ToolResult> ReadBackAsync(SafeFileHandle dump, CancellationToken cancellation) =>
        runner.RunAsync(InServerPlace("pg_restore", ["--file", "/dev/null"]) with { InputFile = dump }, cancellation);

    /// <summary>Restores a dump into a database, stopping at the first error.</summary>
    public Task RestoreAsync(SafeFileHandle dump, string database, CancellationToken cancellation) =>
        runner.RunCheckedAsync(Command("pg_restore", ["--dbname", database, "--exit-on-error", "--no-owner", "--no-privileges"]) with { InputFile = dump }, cancellation);

    private static string Pattern(string table) => string.Join('.', table.Split('.').Select(part => $"\"{part}\""));

    private ToolCommand Psql(string database) => Command("psql",
    [
        "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--field-separator", Field.ToString(),
        "--set", "ON_ERROR_STOP=1", "--dbname", database, "--file", "-",
    ]);

    private ToolCommand Command(string program, ImmutableArray<string> arguments)
    {
        ImmutableArray<string> connection = ["--no-password", "--username", server.User];
        connection = server.Host is { } host ? connection.AddRange("--host", host) : connection;
        connection = server.Port is { } port ? connection.AddRange("--port", port.ToString(CultureInfo.InvariantCulture)) : connection;
        return InServerPlace(program, connection.AddRange(arguments));
    }

    private ToolCommand InServerPlace(string program, ImmutableArray<string> arguments)
    {
        var variables = Variables();
        var command = server.Container is { } container
            ? new ToolCommand("docker", ["exec", "--interactive", .. variables.Keys.SelectMany(variable => new[] { "--env", variable }), container, program, .. arguments])
            : new ToolCommand(program, arguments);
        return command with { Environment = variables, Deadline = deadline, MostOutput = MostOutput };
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(environment)
        {
            ["PGAPPNAME"] = SessionName,
            ["PGCLIENTENCODING"] = "UTF8",
            ["PGCONNECT_TIMEOUT"] = "5",
            ["LC_ALL"] = "C",
        };
        if (server.Password is { } password)
        {
            variables["PGPASSWORD"] = password;
        }

        return variables;
    }
}
