namespace HxOps.Tools;

/// <summary>How a PostgreSQL server is reached.</summary>
/// <param name="User">The role to connect as.</param>
internal sealed record PostgresServer(string User)
{
    /// <summary>The container whose programs are used; null for those of this machine.</summary>
    public string? Container { get; init; }

    /// <summary>Host name or socket folder; null for what the programs assume.</summary>
    public string? Host { get; init; }

    /// <summary>Port; null for what the programs assume.</summary>
    public int? Port { get; init; }

    /// <summary>The role's password; it travels in the environment only.</summary>
    public string? Password { get; init; }
}
