using HxOps.Reporting;

namespace HxOps.Cli.Output;

/// <summary>Shows what Core tells: warnings always, details when asked for, progress to whoever watches.</summary>
internal sealed class EventPrinter(Terminal terminal, bool verbose) : IProgress<HxEvent>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ProgressLine? _progress = terminal.IsWatched ? new ProgressLine(terminal, TimeProvider.System) : null;
    private Terminal? _steps;

    /// <summary>From here on, steps that end are told on standard output of <paramref name="steps"/>; null tells them nowhere.</summary>
    public void StepsGoTo(Terminal? steps) => _steps = steps;

    /// <inheritdoc/>
    public void Report(HxEvent value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case ProgressEvent progress:
                    _progress?.Show(progress);
                    break;
                case ProgressFinishedEvent:
                    _progress?.Clear();
                    break;
                case WarningEvent warning:
                    WriteError($"hxops: warning {warning.Id}: {warning.Message}");
                    break;
                case StepEvent step:
                    WriteStep(step);
                    break;
                case DetailEvent detail when verbose:
                    WriteError(detail.Message);
                    break;
            }
        }
    }

    /// <summary>Removes what is only of the moment, so that a result can be written.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            _progress?.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Settle();

    private void WriteStep(StepEvent step)
    {
        if (_steps is not null && step.State is StepState.Succeeded or StepState.Failed)
        {
            _progress?.Clear();
            _steps!.WriteLine($"{(step.State == StepState.Succeeded ? Signs.Good : Signs.Bad)} {step.Name} ({Amounts.Of(step.Elapsed)})");
        }
        else if (verbose)
        {
            WriteError(step.State == StepState.Started ? $"{step.Name} ..." : $"{step.Name}: {step.State} ({Amounts.Of(step.Elapsed)})");
        }
    }

    private void WriteError(string line)
    {
        _progress?.Clear();
        terminal.WriteErrorLine(line);
    }
}
