using System.Text;
using HxOps.Reporting;

namespace HxOps.Evidence;

/// <summary>Keeps warnings as lines of text: whoever reads evidence later did not see them.</summary>
internal sealed class WarningNotes : IProgress<HxEvent>
{
    private readonly StringBuilder _text = new();

    /// <summary>A line for each warning.</summary>
    internal string Text => _text.ToString();

    public void Report(HxEvent value) => _ = value is WarningEvent warning ? _text.Append('(').Append(warning.Message).Append(")\n") : _text;
}
