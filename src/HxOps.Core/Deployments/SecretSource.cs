using HxOps.Reporting;

namespace HxOps.Deployments;

/// <summary>The values of a deployment's secrets. It gives a value to whoever sends it and to nobody who prints.</summary>
public sealed class SecretSource
{
    private readonly Deployment _deployment;
    private readonly Func<string, string?> _environment;

    /// <summary>Takes values from <paramref name="environment"/>, usually <see cref="Environment.GetEnvironmentVariable(string)"/>.</summary>
    public SecretSource(Deployment deployment, Func<string, string?> environment)
    {
        _deployment = deployment;
        _environment = environment;
    }

    /// <summary>The value of the secret called <paramref name="name"/>, or null when it is unset and has no default.</summary>
    public string? Reveal(string name)
    {
        var secret = _deployment.Secrets.FirstOrDefault(candidate => candidate.Name == name);
        if (secret is null)
        {
            return null;
        }

        var value = _environment(secret.Variable);
        return string.IsNullOrEmpty(value) ? secret.Default : value;
    }

    /// <summary>The same source of values for a deployment with other secrets.</summary>
    internal SecretSource For(Deployment deployment) => new(deployment, _environment);

    /// <summary>Whether the value in use is the documented development one: known to everybody who has read the documents.</summary>
    public bool UsesDefault(string name) =>
        _deployment.Secrets.FirstOrDefault(candidate => candidate.Name == name)?.Default is { } value && Reveal(name) == value;

    /// <summary>A redactor that knows every value of every secret, the unused defaults among them.</summary>
    public Redactor CreateRedactor() => new(_deployment.Secrets
        .SelectMany(secret => new[] { _environment(secret.Variable), secret.Default })
        .OfType<string>());
}
