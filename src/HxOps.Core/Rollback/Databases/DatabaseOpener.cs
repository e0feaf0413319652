using System.Security.Cryptography;
using System.Text;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Databases;

/// <summary>Opens the databases of plans.</summary>
internal sealed class DatabaseOpener(ProcessRunner runner)
{
    /// <summary>A database as the step at hand works on it.</summary>
    public Database Open(DatabaseTarget target, ActionScope scope)
    {
        var server = new PostgresServer(target.User)
        {
            Container = target.Container,
            Host = target.Host,
            Port = target.Port,
            Password = target.Secret is { } secret ? scope.Context.Secrets.Reveal(secret) : null,
        };
        var environment = new Dictionary<string, string> { [ActionScope.MarkVariable] = scope.MarkValue };
        return new Database(new Postgres(runner, server, SessionName(scope), environment, scope.Budget), target.Name, scope.Context.Clock);
    }

    // The run's id is unique on its deployment only, and a server serves more than one.
    private static string SessionName(ActionScope scope)
    {
        var run = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}:{scope.Folder.Path}")));
        return $"hxops {run[..16]} {scope.Step}";
    }
}
