namespace HxOps.Gateway;

/// <summary>What a probe asks.</summary>
public enum ProbeKind
{
    /// <summary>Whether a unit is active.</summary>
    Unit,

    /// <summary>Whether something listens on a port.</summary>
    Port,

    /// <summary>Whether a page answers as expected.</summary>
    Http,

    /// <summary>What LiteLLM says about every model.</summary>
    DeepHealth,

    /// <summary>Which models are listed.</summary>
    Models,

    /// <summary>Whether embeddings have the right size.</summary>
    Embeddings,

    /// <summary>Whether a chat answers the same twice.</summary>
    Chat,

    /// <summary>Whether a streamed chat begins and ends in time.</summary>
    Stream,

    /// <summary>Whether a model server answers.</summary>
    Backend,

    /// <summary>What a log says last.</summary>
    Log,
}
