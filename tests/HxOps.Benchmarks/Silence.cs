using HxOps.Reporting;

namespace HxOps.Benchmarks;

/// <summary>Hears nothing.</summary>
internal sealed class Silence : IProgress<HxEvent>
{
    public void Report(HxEvent value)
    {
    }
}
