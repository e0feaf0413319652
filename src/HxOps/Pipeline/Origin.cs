using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace HxOps.Pipeline;

/// <summary>Which deployment an output came from.</summary>
/// <param name="Deployment">Name or local path of the deployment file; empty for the default one.</param>
/// <param name="Root">The root folder; empty for the machine itself.</param>
internal sealed record Origin(string Deployment, string Root)
{
    private static readonly ConditionalWeakTable<object, Origin> s_outputs = [];

    /// <summary>
    /// Remembers where an output came from, so that the next command of a pipeline works on the same deployment below the same root: a
    /// checkpoint of a practice root must never be restored to the machine because <c>-Root</c> was not said twice.
    /// </summary>
    /// <remarks>
    /// The records within it come from there as well. One that is marked already was only passed on, and keeps where it came from.
    /// </remarks>
    public void Mark(object output)
    {
        s_outputs.TryAdd(output, this);
        foreach (var part in OutputParts.Of(output))
            Mark(part);
    }

    /// <summary>Where an object came from, or null.</summary>
    public static Origin? Of(object? output)
    {
        var bare = output is PSObject wrapped ? wrapped.BaseObject : output;
        return bare is not null && s_outputs.TryGetValue(bare, out var origin) ? origin : null;
    }
}
