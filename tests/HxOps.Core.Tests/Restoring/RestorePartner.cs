using System.Diagnostics;
using System.Globalization;

namespace HxOps.Core.Tests.Restoring;

/// <summary>A restore in a process of its own; see tests/HxOps.RestorePartner/Program.cs.</summary>
internal sealed class RestorePartner : IDisposable
{
    private readonly Process _process;

    internal RestorePartner(string root, string checkpoint, params string[] order)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HxOps.RestorePartner.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, root, checkpoint, .. order]) { RedirectStandardOutput = true })!;
    }

    internal int Id => _process.Id;

    internal string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Waits until it has ended, and gives what it wrote meanwhile.</summary>
    internal string ReadToEnd()
    {
        var text = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return text;
    }

    internal void Kill()
    {
        _process.Kill(); // SIGKILL
        _process.WaitForExit();
    }

    /// <summary>Its exit code, or 128 and the number of the signal that ended it.</summary>
    internal int ExitCode => _process.ExitCode;

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();

        _process.Dispose();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"restore {_process.Id}");
}
