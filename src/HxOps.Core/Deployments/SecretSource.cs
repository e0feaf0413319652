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
}
