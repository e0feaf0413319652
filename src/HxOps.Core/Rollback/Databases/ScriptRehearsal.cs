using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Databases;

/// <summary>
/// Tries a script on a test database with the real one's definitions and none of its rows: what it breaks there it would break here. The
/// test database is dropped whatever happens.
/// </summary>
internal sealed class ScriptRehearsal(Database database)
{
    /// <summary>Runs the rehearsal.</summary>
    /// <param name="action">What is tried.</param>
    /// <param name="texts">The scripts' texts.</param>
    /// <param name="note">For whom the test database is made.</param>
    /// <param name="limit">The longest that the script may take.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the script changed.</returns>
    public async Task<ImmutableArray<CatalogueChange>> RunAsync(DatabaseRehearsalAction action, RehearsalTexts texts, string note, TimeSpan limit, CancellationToken cancellation)
    {
        await using var scratch = await ScratchDatabase.CreateAsync(database, action.TestDatabase, note, cancellation);
        var test = scratch.Database;

        // The migration makes these anew; everything else, and "users" above all, comes from the real database.
        var own = texts.Migration is null ? [] : action.Drops;
        await ApplyAsync(test, await database.Server.DefinitionsAsync(database.Name, own, cancellation), $"the definitions of {database.Name}", cancellation);
        await ApplyAsync(test, texts.Migration, action.Migration ?? "", cancellation);
        await ApplyAsync(test, texts.Rows, "the test rows", cancellation);
        var changes = await new ScriptRunner(test).RunAsync(texts.Script, action.Script, action.Drops, limit, cancellation);
        var remaining = await test.RemainingAsync(action.Drops, cancellation);
        await scratch.DropAsync();
        return remaining.IsEmpty
            ? changes
            : throw new HxException(DatabaseErrors.Unexpected, action.Script, $"{action.Script} leaves in {action.TestDatabase}: {CatalogueChanges.Name(remaining)}.");
    }

    private static async Task ApplyAsync(Database test, string? statements, string what, CancellationToken cancellation)
    {
        if (statements is null)
        {
            return;
        }

        var result = await test.Server.RunAsync(test.Name, "SET client_min_messages = warning;\n" + statements + "\n", cancellation);
        if (!result.Succeeded)
        {
            var words = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "nothing";
            throw new HxException(DatabaseErrors.ScriptFailed, test.Name, $"{test.Name} does not take {what}. The server said: {words}");
        }
    }
}

/// <summary>The texts of a rehearsal.</summary>
/// <param name="Migration">What made the things that the script drops, or null for the real database as it is.</param>
/// <param name="Rows">Statements that insert test rows, or null.</param>
/// <param name="Script">The script that is tried.</param>
internal sealed record RehearsalTexts(string? Migration, string? Rows, string Script);
