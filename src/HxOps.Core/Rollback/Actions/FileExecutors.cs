using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Copies the first of some files that exists over another one.</summary>
internal sealed class CopyFileExecutor : ActionExecutor<CopyFileAction>
{
    private const int PrivateMode = 0x180;

    /// <inheritdoc/>
    protected override ActionEffect Effect(CopyFileAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(CopyFileAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override string ChangedFile(CopyFileAction action, ActionScope scope) => scope.Locate(action.To);

    /// <inheritdoc/>
    protected override Task<string> DoAsync(CopyFileAction action, ActionScope scope, CancellationToken cancellation)
    {
        var from = action.From.FirstOrDefault(candidate => File.Exists(scope.Locate(candidate)))
            ?? throw new HxException(CommonErrors.PathNotFound, action.From[0], $"None of these files exists: {string.Join(", ", action.From)}.");
        var target = scope.Locate(action.To);
        FileReplacement.Write(target, FileReplacement.Read(scope.Locate(from)), PrivateMode);
        return Task.FromResult($"copied {from}");
    }
}

/// <summary>Writes a file.</summary>
internal sealed class WriteFileExecutor : ActionExecutor<WriteFileAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(WriteFileAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(WriteFileAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override string ChangedFile(WriteFileAction action, ActionScope scope) => scope.Locate(action.File);

    /// <inheritdoc/>
    protected override Task<string> DoAsync(WriteFileAction action, ActionScope scope, CancellationToken cancellation)
    {
        FileReplacement.Write(scope.Locate(action.File), Encoding.UTF8.GetBytes(action.Content), action.Mode);
        return Task.FromResult("written");
    }
}

/// <summary>Removes a file.</summary>
internal sealed class RemoveFileExecutor : ActionExecutor<RemoveFileAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(RemoveFileAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(RemoveFileAction action) => RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(RemoveFileAction action) => [new FileCondition(action.File, Exists: false, Contains: null)];

    /// <inheritdoc/>
    protected override string ChangedFile(RemoveFileAction action, ActionScope scope) => scope.Locate(action.File);

    /// <inheritdoc/>
    protected override Task<string> DoAsync(RemoveFileAction action, ActionScope scope, CancellationToken cancellation)
    {
        var path = scope.Locate(action.File);
        if (Directory.Exists(path))
        {
            throw new HxException(CommonErrors.FileUnusable, action.File, $"{action.File} is a folder; this action removes files only.");
        }

        TreeRemover.Remove(FileReplacement.Target(path));
        return Task.FromResult("removed");
    }
}
