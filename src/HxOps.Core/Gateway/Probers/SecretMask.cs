namespace HxOps.Gateway.Probers;

/// <summary>Blots the deployment's own secrets out of foreign text, wherever it came from.</summary>
internal sealed class SecretMask(DeploymentContext context)
{
    private readonly string[] _values =
        [.. context.Deployment.Secrets
            .SelectMany(secret => new[] { context.Secrets.Reveal(secret.Name), secret.Default })
            .OfType<string>().Where(value => value.Length > 0).Distinct().OrderByDescending(value => value.Length)];

    /// <summary>The text without any of the values.</summary>
    internal string Apply(string text) => _values.Aggregate(text, (rest, value) => rest.Replace(value, "[redacted]", StringComparison.Ordinal));
}
