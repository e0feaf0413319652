using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Reporting;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Tools;

namespace HxOps.Rollback.Actions;

/// <summary>Works on compose projects.</summary>
internal sealed class ComposeExecutor(ContainerOpener containers) : ActionExecutor<ComposeAction>
{
    private const int MostBytes = 4 << 20;
    private const int PrivateMode = 0x180;

    /// <inheritdoc/>
    protected override ActionEffect Effect(ComposeAction action) => action.Verb switch
    {
        ComposeVerb.List or ComposeVerb.Logs => ActionEffect.None,
        ComposeVerb.Tag => ActionEffect.Reversible,
        _ => ActionEffect.Lasting,
    };

    // That its services are healthy does not show that an "up" has come to them: the containers of before are healthy, too. Nor does a stop
    // show that containers and networks are gone.
    /// <inheritdoc/>
    protected override RepeatRule Repeat(ComposeAction action) => action.Verb == ComposeVerb.Stop ? RepeatRule.Converges : RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override bool RefusedBefore(ComposeAction action, HxException failure) => failure.Id == ContainerErrors.ComposeFileUnfit;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(ComposeAction action) => action.Verb switch
    {
        ComposeVerb.Up or ComposeVerb.Recreate or ComposeVerb.Restart => [new ComposeCondition(action.Project, action.Services, ServiceStanding.Healthy)],
        ComposeVerb.Down or ComposeVerb.Stop => [new ComposeCondition(action.Project, action.Services, ServiceStanding.Stopped)],
        _ => [],
    };

    /// <inheritdoc/>
    protected override string? ChangedFile(ComposeAction action, ActionScope scope) => action.Verb == ComposeVerb.Tag ? Files(action, scope)[0] : null;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(ComposeAction action, ActionScope scope, CancellationToken cancellation)
    {
        if (action.Verb == ComposeVerb.Tag)
        {
            return await WriteTagsAsync(action, scope, cancellation);
        }

        var project = await containers.ProjectAsync(action.Project, scope, cancellation);
        switch (action.Verb)
        {
            case ComposeVerb.List:
                return Keep(await project.TableAsync(cancellation), action, scope);
            case ComposeVerb.Logs:
                return Keep(await project.LogsAsync(action.Services, action.Lines, cancellation), action, scope);
            case ComposeVerb.Recreate:
                await project.RecreateAsync(action.Services, action.Grace, cancellation);
                return await FreshAsync(action, project, scope, cancellation);
            case ComposeVerb.Restart:
                await project.RestartAsync(action.Services, action.Grace, cancellation);
                return await FreshAsync(action, project, scope, cancellation);
            case ComposeVerb.Up:
                await project.UpAsync(action.Services, cancellation);
                break;
            case ComposeVerb.Down:
                await project.DownAsync(action.Grace, cancellation);
                break;
            case ComposeVerb.Stop:
                await project.StopAsync(action.Services, action.Grace, cancellation);
                break;
            default:
                await project.BuildAsync(action.Services, cancellation);
                break;
        }

        return "done";
    }

    // A container keeps the environment that it was created with, so what was restarted may still be of yesterday.
    private async Task<string> FreshAsync(ComposeAction action, DockerCompose project, ActionScope scope, CancellationToken cancellation)
    {
        var kept = new KeptEnvironment(scope.Context.Codecs.Yaml, containers.Engine(scope), project);
        var stale = await kept.FindAsync(action.Services, cancellation);
        if (stale.IsEmpty)
        {
            return "the containers have the present environment";
        }

        var services = stale.Keys.ToImmutableArray();
        scope.Events.Report(new WarningEvent("EnvironmentKept",
            $"After the {action.Verb.ToString().ToLowerInvariant()} {Words(stale)} still stood as before; the containers are made anew.", services[0]));
        await project.RecreateAsync(services, action.Grace, cancellation);
        stale = await kept.FindAsync(services, cancellation);
        return stale.IsEmpty
            ? $"{string.Join(", ", services)} had kept the old environment and was made anew"
            : throw new HxException(RunErrors.NotObserved, services[0], $"The containers do not get the environment that compose gives them: {Words(stale)}.");
    }

    private static string Words(ImmutableSortedDictionary<string, ImmutableArray<string>> stale) =>
        string.Join("; ", stale.Select(pair => $"{string.Join(", ", pair.Value)} of {pair.Key}"));

    private async Task<string> WriteTagsAsync(ComposeAction action, ActionScope scope, CancellationToken cancellation)
    {
        var path = Files(action, scope)[0];
        var text = ForeignText.Read(path, MostBytes);
        var file = new ComposeFileText(scope.Context.Codecs.Yaml, text, path);
        var tagged = file.WithTag(action.Services, action.Tag!);
        try
        {
            var project = await containers.ProjectAsync(action.Project, scope, cancellation);
            await new TagReach(scope.Context.Codecs.Yaml, project).RequireAsync(text, tagged, action.Services, action.Tag!, cancellation);
        }
        catch (HxException silent) when (IsSilence(silent) && !file.TakesOver)
        {
            // An incomplete project or a machine without compose: the file itself says which image belongs to which service.
        }
        catch (HxException silent) when (IsSilence(silent))
        {
            throw new HxException(ContainerErrors.ComposeFileUnfit, path,
                $"{path} takes services over from others ('extends' or 'include'), and compose does not tell which images they get then: {silent.Message}", silent);
        }

        FileReplacement.Write(path, Encoding.UTF8.GetBytes(tagged), PrivateMode);
        return $"{action.Tag} written for {string.Join(", ", action.Services)}";
    }

    private static bool IsSilence(HxException failure) => failure.Id == ToolErrors.Missing || failure.Id == ToolErrors.Failed || failure.Id == ToolErrors.TimedOut;

    private static ImmutableArray<string> Files(ComposeAction action, ActionScope scope)
    {
        var folder = scope.Locate(action.Project.Folder);
        var files = action.Project.Files.IsEmpty ? [.. DockerCompose.UsualFiles.Select(name => Path.Combine(folder, name)).Where(File.Exists)] : action.Project.Files.Select(name => Path.Combine(folder, name)).ToImmutableArray();
        return files.IsEmpty ? throw new HxException(CommonErrors.PathNotFound, action.Project.Folder, $"{action.Project.Folder} has no compose file.") : files;
    }

    private static string Keep(string output, ComposeAction action, ActionScope scope)
    {
        var text = scope.Redactor.Redact(output);
        if (action.To is { } file)
        {
            FileReplacement.Write(scope.Locate(file), Encoding.UTF8.GetBytes(text), PrivateMode);
        }

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return action.Verb == ComposeVerb.List
            ? string.Join("; ", lines.Skip(1).Select(PrintableText.Of))
            : $"{lines.Length} lines, {Count(lines, "ERROR")} with ERROR, {Count(lines, "WARN")} with WARN; the last one: {(lines.Length == 0 ? "none" : PrintableText.Of(lines[^1]))}";
    }

    private static int Count(string[] lines, string word) => lines.Count(line => line.Contains(word, StringComparison.Ordinal));
}
