namespace HxOps.Errors;

/// <summary>The one failure family of HxOps. Whatever reaches a front end as anything else is a defect.</summary>
public sealed class HxException : Exception
{
    /// <summary>Creates a failure of the given kind.</summary>
    /// <param name="id">The kind of failure.</param>
    /// <param name="target">The user's own value that failed: a path, a name, a URL. Never a secret.</param>
    /// <param name="message">What happened to that value, in one sentence.</param>
    /// <param name="cause">The failure underneath, where there is one.</param>
    public HxException(ErrorId id, string target, string message, Exception? cause = null)
        : base(message, cause)
    {
        Id = id;
        Target = target;
    }

    /// <summary>The kind of failure.</summary>
    public ErrorId Id { get; }

    /// <summary>The user's own value that failed.</summary>
    public string Target { get; }

    /// <summary>What the operator can do; the kind's own remedy unless this failure knows a better one.</summary>
    public string Remedy { get => field ?? Id.Remedy; init; }
}
