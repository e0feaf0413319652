using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>The Python environment that the services run from is there and has an interpreter.</summary>
internal sealed class VirtualEnvironmentCheck : IPreflightCheck
{
    private const string Id = "VirtualEnvironment";

    /// <inheritdoc/>
    public string Subject => "Python environment";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        if (context.Deployment.Python is not { } python)
        {
            return new PreflightResult(Id, Verdict.Healthy, "the deployment names none", "");
        }

        var folder = context.Root.Locate(python.Path);
        var interpreter = Path.Combine(folder, "bin", "python3");
        return !Directory.Exists(folder) ? Missing($"{python.Path} does not exist")
            : !File.Exists(interpreter) && !File.Exists(Path.Combine(folder, "bin", "python")) ? Missing($"{python.Path} has no interpreter in bin/")
            : new PreflightResult(Id, Verdict.Healthy, $"{python.Path} has an interpreter", "");
    }

    private static PreflightResult Missing(string finding) => new(Id, Verdict.Unhealthy, finding,
        "Make it with 'python3 -m venv' and install the packages that env/pip-freeze.txt of the newest checkpoint lists.");
}
