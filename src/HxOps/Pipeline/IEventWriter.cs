using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>Shows what Core reports; called on the pipeline's thread only.</summary>
internal interface IEventWriter
{
    /// <summary>Shows one event. May throw what the caller's preferences ask for.</summary>
    void Write(HxEvent reported);

    /// <summary>Takes away what is still shown of the work that has ended. Does not throw.</summary>
    void Finish();
}
