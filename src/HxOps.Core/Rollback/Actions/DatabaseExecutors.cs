using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Rollback.Databases;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Dumps databases. The dump goes straight into its file, so that no copy lies about in a container.</summary>
internal sealed class DatabaseBackupExecutor(DatabaseOpener databases) : ActionExecutor<DatabaseBackupAction>
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    /// <inheritdoc/>
    protected override ActionEffect Effect(DatabaseBackupAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(DatabaseBackupAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override Task<string> DoAsync(DatabaseBackupAction action, ActionScope scope, CancellationToken cancellation)
    {
        var database = databases.Open(action.Database, scope);
        return database.EndingSessionsAsync(() => DumpAsync(action, database, scope, cancellation));
    }

    private static async Task<string> DumpAsync(DatabaseBackupAction action, Database database, ActionScope scope, CancellationToken cancellation)
    {
        var path = scope.Locate(action.To);
        FolderSync.Create(Path.GetDirectoryName(path)!, PrivateFolder);
        using var file = DurableFile.Create(path, PrivateFile);
        await database.Server.DumpAsync(database.Name, file.Handle, cancellation);
        var proof = new DumpProof(database);
        using (var dump = file.OpenForReading())
        {
            await proof.ReadBackAsync(dump, action.To, cancellation);
        }

        var found = "read back whole";
        if (action.Proof == DumpCheck.Restore)
        {
            using var dump = file.OpenForReading();
            var tables = await proof.RestoreAsync(dump, action.To, $"hxops_check_{scope.Stamp}", scope.MarkValue, cancellation);
            found = string.Create(CultureInfo.InvariantCulture, $"restored with all rows of {tables} tables");
        }

        var bytes = file.Content.Length;
        file.Commit();
        return string.Create(CultureInfo.InvariantCulture, $"{path}: {bytes} bytes, {found}");
    }
}

/// <summary>Runs scripts that drop things.</summary>
internal sealed class DatabaseScriptExecutor(DatabaseOpener databases) : ActionExecutor<DatabaseScriptAction>
{
    private const int MostBytes = 16 << 20;

    /// <summary>The file of the run that holds the catalogue as it was before a step.</summary>
    public static string CatalogueFile(string step) => $"catalogue-{step}";

    /// <summary>The text of a script.</summary>
    public static string Text(string script, ActionScope scope) => ForeignText.Read(scope.Locate(script), MostBytes);

    /// <inheritdoc/>
    protected override ActionEffect Effect(DatabaseScriptAction action) => ActionEffect.Final;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(DatabaseScriptAction action) => RepeatRule.Once;

    /// <inheritdoc/>
    protected override bool RefusedBefore(DatabaseScriptAction action, HxException failure) => failure.Id == DatabaseErrors.WouldDropMore;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(DatabaseScriptAction action) => [new DatabaseWithoutCondition(action.Database, action.Drops)];

    /// <inheritdoc/>
    protected override async Task<ImmutableSortedDictionary<string, string>?> PrepareAsync(DatabaseScriptAction action, ActionScope scope, CancellationToken cancellation)
    {
        // Only the first time: a script that was killed may have changed the catalogue already.
        var name = CatalogueFile(scope.Step);
        if (!File.Exists(Path.Combine(scope.Folder.Path, name)))
        {
            scope.Folder.Write(name, (await databases.Open(action.Database, scope).CatalogueAsync(cancellation)).Write());
        }

        return ImmutableSortedDictionary<string, string>.Empty;
    }

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(DatabaseScriptAction action, ActionScope scope, CancellationToken cancellation)
    {
        var database = databases.Open(action.Database, scope);
        await database.EndSessionsAsync();
        var changes = await database.EndingSessionsAsync(() =>
            new ScriptRunner(database).RunAsync(Text(action.Script, scope), action.Script, action.Drops, scope.Budget, cancellation));
        return CatalogueChanges.Count(changes);
    }

    // Whether it was committed is seen in the catalogue: one that was not has left nothing to take back.
    /// <inheritdoc/>
    protected override async Task TakeBackAsync(DatabaseScriptAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation)
    {
        var database = databases.Open(action.Database, scope);
        await database.EndSessionsAsync();
        var changes = await new CatalogueSince(scope, scope.Step).ChangesAsync(database, action.Drops, cancellation);
        if (changes.Any(change => change.Kind == ChangeKind.Dropped))
        {
            throw new HxException(DatabaseErrors.Committed, action.Script,
                $"{action.Script} has been committed to {database.Name} ({CatalogueChanges.Count(changes)}). Finish the rollback{Dump(action, scope)}.");
        }
    }

    private static string Dump(DatabaseScriptAction action, ActionScope scope)
    {
        var scenario = scope.Plan.Scenarios.First(candidate => candidate.Name == scope.Scenario);
        var dump = scenario.Steps.Select(step => step.Action).OfType<DatabaseBackupAction>()
            .Where(backup => backup.Database == action.Database).Select(backup => scope.Locate(backup.To)).LastOrDefault(File.Exists);
        return dump is null ? "" : $", or restore the dump {dump} and start the service then";
    }
}

/// <summary>Compares a catalogue with how it was before a step of the run.</summary>
internal sealed class CatalogueSince(ActionScope scope, string step)
{
    /// <summary>What has gone, come and changed since.</summary>
    public async Task<ImmutableArray<CatalogueChange>> ChangesAsync(Database database, ImmutableArray<string> drops, CancellationToken cancellation)
    {
        var before = CatalogueSnapshot.Read(Path.Combine(scope.Folder.Path, DatabaseScriptExecutor.CatalogueFile(step)));
        var query = before.Load("hxops_before") + CatalogueDifference.Changes("pg_temp.hxops_before", drops) + ";\n";
        return CatalogueChanges.Read(await database.QueryAsync(query, cancellation));
    }
}

/// <summary>Tries scripts on a test database.</summary>
internal sealed class DatabaseRehearsalExecutor(DatabaseOpener databases) : ActionExecutor<DatabaseRehearsalAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(DatabaseRehearsalAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(DatabaseRehearsalAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(DatabaseRehearsalAction action, ActionScope scope, CancellationToken cancellation)
    {
        var database = databases.Open(action.Database, scope);
        var texts = new RehearsalTexts(
            action.Migration is { } migration ? DatabaseScriptExecutor.Text(migration, scope) : null, action.Rows, DatabaseScriptExecutor.Text(action.Script, scope));
        var changes = await database.EndingSessionsAsync(() =>
            new ScriptRehearsal(database).RunAsync(action, texts, scope.MarkValue, scope.Budget, cancellation));
        return $"{CatalogueChanges.Count(changes)} in {action.TestDatabase}, which is dropped again";
    }
}

/// <summary>Compares catalogues with how they were before a script.</summary>
internal sealed class DatabaseReconcileExecutor(DatabaseOpener databases) : ActionExecutor<DatabaseReconcileAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(DatabaseReconcileAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(DatabaseReconcileAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(DatabaseReconcileAction action, ActionScope scope, CancellationToken cancellation)
    {
        var scenario = scope.Plan.Scenarios.First(candidate => candidate.Name == scope.Scenario);
        var script = (DatabaseScriptAction)scenario.Steps.First(step => step.Name == action.Since).Action;
        var changes = await new CatalogueSince(scope, action.Since).ChangesAsync(databases.Open(script.Database, scope), script.Drops, cancellation);
        var victims = CatalogueChanges.Victims(changes);
        return victims.IsEmpty
            ? CatalogueChanges.Count(changes)
            : throw new HxException(DatabaseErrors.Unexpected, script.Database.Name, $"Since '{action.Since}' this is gone from {script.Database.Name} besides what was planned: {CatalogueChanges.Name(victims)}.");
    }
}

/// <summary>Sees that tables are gone.</summary>
internal sealed class DatabaseAssertExecutor(DatabaseOpener databases) : ActionExecutor<DatabaseAssertAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(DatabaseAssertAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(DatabaseAssertAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(DatabaseAssertAction action, ActionScope scope, CancellationToken cancellation)
    {
        var tables = await databases.Open(action.Database, scope).QueryAsync(CatalogueDifference.TablesLike(action.NoTableLike), cancellation);
        return tables.IsEmpty
            ? $"no table like {action.NoTableLike}"
            : throw new HxException(DatabaseErrors.Unexpected, action.Database.Name,
                $"{action.Database.Name} still has tables like {action.NoTableLike}: {string.Join(", ", tables.Select(row => $"{row[0]}.{row[1]}"))}.");
    }
}
