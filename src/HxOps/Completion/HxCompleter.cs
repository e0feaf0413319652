using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using HxOps.Pipeline;

namespace HxOps.Completion;

/// <summary>Completes names that a deployment knows. Completion is a courtesy: where the deployment cannot be read there is nothing to offer.</summary>
public abstract class HxCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return [.. Offer(fakeBoundParameters).Where(choice => Matches(choice, wordToComplete)).Select(Quote)];
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return [];
        }
    }

    /// <summary>Everything that could stand there after the parameters so far, best first.</summary>
    private protected virtual IEnumerable<Choice> Offer(IDictionary parameters) => Offer(
        parameters["Deployment"] is string deployment ? UserPaths.Resolve(deployment, LocalPath) : "",
        parameters["Root"] is string root ? LocalPath(root) : "");

    /// <summary>Everything that could stand there, best first.</summary>
    private protected abstract IEnumerable<Choice> Offer(string deployment, string root);

    /// <summary>The local path of what was typed. A completer is given no session to ask, but runs within one.</summary>
    private protected static string LocalPath(string path) =>
        (string)ScriptBlock.Create("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])").Invoke(path).Single().BaseObject;

    private static bool Matches(Choice choice, string word) =>
        choice.Name.StartsWith(word.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase);

    private static CompletionResult Quote(Choice choice)
    {
        var needsQuotes = choice.Name.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.' or '/'));
        var text = needsQuotes ? $"'{choice.Name.Replace("'", "''", StringComparison.Ordinal)}'" : choice.Name;
        return new CompletionResult(text, choice.Name, CompletionResultType.ParameterValue, choice.Hint.Length > 0 ? choice.Hint : choice.Name);
    }

    /// <summary>Something that completion offers.</summary>
    /// <param name="Name">What is inserted.</param>
    /// <param name="Hint">What tells it from the others.</param>
    private protected sealed record Choice(string Name, string Hint);
}
