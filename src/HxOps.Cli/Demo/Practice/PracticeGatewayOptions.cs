namespace HxOps.Cli.Demo.Practice;

/// <summary>What a practice gateway process is told on its command line.</summary>
/// <param name="Port">The loopback port to listen on.</param>
/// <param name="Role">What it plays.</param>
internal sealed record PracticeGatewayOptions(int Port, PracticeRole Role)
{
    /// <summary>The configuration file to read; without it there are no models.</summary>
    public string? Config { get; init; }

    /// <summary>Where a wrapper passes requests on to.</summary>
    public Uri? Upstream { get; init; }
}

/// <summary>What a practice gateway process plays.</summary>
internal enum PracticeRole
{
    /// <summary>LiteLLM: lists and serves the models of its config.yaml.</summary>
    LiteLlm,

    /// <summary>The wrapper in front of it.</summary>
    Wrapper,

    /// <summary>An Ollama server behind it.</summary>
    Backend,
}
