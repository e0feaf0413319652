namespace HxOps.Gateway.Probers;

/// <summary>Asks one question, once.</summary>
internal interface IProber
{
    /// <summary>Asks and judges. Whatever the other side does is an answer, not an exception.</summary>
    /// <param name="cancellation">Given at the probe's deadline; the prober may then throw, or judge by what it has seen so far.</param>
    Task<ProbeAnswer> AskAsync(CancellationToken cancellation);

    /// <summary>The judgement when the deadline passed without any answer.</summary>
    ProbeAnswer Unanswered(TimeSpan deadline);
}
