namespace HxOps.Cli.Demo.Practice;

/// <summary>Breaks a practice deployment the way it happens: a model gone from the configuration, a script emptied, a unit that points elsewhere.</summary>
internal sealed class PracticeSabotage(PracticeDeployment practice)
{
    private const string Model = "emb-premium";

    /// <summary>Breaks it and says what was done, one line each.</summary>
    public IReadOnlyList<string> Break()
    {
        var config = practice.Read(PracticePaths.LiteLlmConfig);
        var start = config.IndexOf($"  - model_name: {Model}\n", StringComparison.Ordinal);
        var end = config.IndexOf("  - model_name:", start + 1, StringComparison.Ordinal);
        practice.Write(new(PracticePaths.LiteLlmConfig, config.Remove(start, end - start)));

        practice.Write(new(PracticePaths.StartScript, "") { Mode = UnixFileMode.UserRead });

        // Port 0 lets the kernel choose one: the wrapper runs where nobody asks.
        practice.Write(new(PracticePaths.WrapperDropIn, $"[Service]\nExecStart=\nExecStart={PracticePaths.Venv}/bin/uvicorn --port 0\n"));
        return
        [
            $"config.yaml no longer lists {Model}",
            "start.sh is empty and not executable",
            $"the drop-in of {PracticePaths.WrapperUnit} starts it on another port",
        ];
    }
}
