using System.Management.Automation;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>
/// What every cmdlet shares: Core runs on the thread pool, everything is written on the pipeline's thread, one token stops it all, and
/// every failure becomes an error record by one table.
/// </summary>
public abstract class HxCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private CommandPump? _pump;

    /// <summary>Handles one object of the pipeline, or the only call when there is none.</summary>
    protected abstract void Execute();

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Attempt(Execute);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs work of Core and returns its result; what it reports is written meanwhile.</summary>
    private protected T Run<T>(Func<IProgress<HxEvent>, CancellationToken, Task<T>> work) =>
        (_pump ??= new CommandPump(new EventWriter(this, TimeProvider.System), _stop)).Run(work);

    /// <summary>Runs work of Core that has nothing to report.</summary>
    private protected T Run<T>(Func<T> work) => Run((_, _) => Task.FromResult(work()));

    /// <summary>Runs work of Core that has neither something to report nor a result.</summary>
    private protected void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs work that only tells something.</summary>
    private protected void Run(Action<IProgress<HxEvent>> work) => Run((events, _) =>
    {
        work(events);
        return Task.FromResult(true);
    });

    /// <summary>Handles what work of Core gives one after the other, each as it comes.</summary>
    private protected void RunEach<T>(Func<CancellationToken, IAsyncEnumerable<T>> work, Action<T> handle)
    {
        var items = work(_stop.Token).GetAsyncEnumerator(_stop.Token);
        try
        {
            while (Run((_, _) => items.MoveNextAsync().AsTask()))
                handle(items.Current);
        }
        finally
        {
            // Also when a later command has enough and handle throws.
            items.DisposeAsync().AsTask().Wait();
        }
    }

    /// <summary>Handles each of several things the user named: one that fails does not keep the others from their turn.</summary>
    private protected void ForEach<T>(IReadOnlyCollection<T> items, Action<T> handle)
    {
        foreach (var item in items)
        {
            if (items.Count == 1)
                handle(item);
            else
                Attempt(() => handle(item), endsCommand: false);
        }
    }

    /// <summary>Whether the plan is only shown, by <c>-WhatIf</c> or the preference of the session.</summary>
    private protected bool IsPreview => new Asking(this).IsWhatIf;

    /// <summary>Whether to go on: prints the plan for <c>-WhatIf</c>, asks for <c>-Confirm</c>.</summary>
    /// <param name="caption">What would be done, in a few words.</param>
    /// <param name="plan">The plan, line by line; it may begin with the caption.</param>
    /// <exception cref="HxException"><see cref="CommonErrors.NotConfirmed"/> when there is nobody to ask.</exception>
    private protected bool Agree(string caption, IEnumerable<string> plan)
    {
        var text = string.Join(Environment.NewLine + "  ", plan.SkipWhile(line => line == caption).Prepend(caption));
        if (!new Asking(this).IsPossible)
            throw new HxException(CommonErrors.NotConfirmed, caption, "Nobody can be asked here, and -Confirm:$false was not given. Nothing was changed.");

        try
        {
            return ShouldProcess(text, text + Environment.NewLine, caption);
        }
        // A host that cannot ask says so in its own way: at the end of input pwsh's own throws a NullReferenceException, across a session too.
        catch (Exception refusal) when (refusal is not (PipelineStoppedException or ActionPreferenceStopException))
        {
            throw new HxException(CommonErrors.NotConfirmed, caption, "The host cannot ask, and -Confirm:$false was not given. Nothing was changed.", refusal);
        }
    }

    /// <summary>Writes a failure that does not keep the rest of the pipeline from its turn.</summary>
    private protected void Report(HxException failure) => WriteError(RecordOf(failure));

    /// <summary>Writes an output in the form that its destination needs.</summary>
    private protected void WriteOutput(object output) => WriteObject(WireForm.IsWanted(this) ? WireForm.Of(output) : output);

    /// <summary>The local path of what the user gave, which may be relative to PowerShell's own location or begin with a drive or <c>~</c>.</summary>
    private protected string LocalPath(string path) => GetUnresolvedProviderPathFromPSPath(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what a command holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }

    private ErrorRecord RecordOf(HxException failure)
    {
        if (WireForm.IsWanted(this))
            WireForm.LayOver(failure);
        return ErrorRecords.Of(failure);
    }

    private void Attempt(Action action) => Attempt(action, endsCommand: !MyInvocation.ExpectingInput);

    private void Attempt(Action action, bool endsCommand)
    {
        try
        {
            action();
        }
        catch (HxException failure) when (endsCommand || failure.Id.ExitCode == ExitCode.Usage)
        {
            ThrowTerminatingError(RecordOf(failure));
        }
        catch (HxException failure)
        {
            Report(failure);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
