using HxOps.Reporting;

namespace HxOps.Cli.Output;

/// <summary>One line on standard error that says how far a long activity has come. It appears after a second and leaves nothing behind.</summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private string _activity = "";
    private long _began;
    private long _shown;
    private int _length;

    /// <summary>Shows the progress, unless the activity is young or the line was just written.</summary>
    public void Show(ProgressEvent progress)
    {
        if (progress.Activity != _activity)
        {
            _activity = progress.Activity;
            _began = clock.GetTimestamp();
            _shown = _began;
        }

        if (clock.GetElapsedTime(_began) < Patience || clock.GetElapsedTime(_shown) < Interval)
            return;

        _shown = clock.GetTimestamp();
        var text = $"{progress.Activity}: {Amounts.Progress(progress)} {progress.Status}";
        text = text.Length < terminal.Width ? text : text[..(terminal.Width - 1)];
        terminal.WriteOver(text, _length);
        _length = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_length > 0)
            terminal.WriteOver("", _length);
        _length = 0;
        _activity = "";
    }
}
