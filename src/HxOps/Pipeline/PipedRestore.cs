using System.Globalization;
using System.Management.Automation;
using HxOps.Restoring;

namespace HxOps.Pipeline;

/// <summary>Tells which restores of a pipeline wait for a word, so that a whole listing can be piped to Confirm-HxRestore.</summary>
internal static class PipedRestore
{
    /// <summary>
    /// Whether an input is a listed restore that nobody has to confirm, or the result of one that had nothing to change; here or come
    /// from another host. What the user names himself is never passed over.
    /// </summary>
    public static bool NeedsNoWord(object? input)
    {
        if (input is null)
            return false;

        var record = HxOutput.RecordOf(input);
        return record == typeof(RestoreInfo).FullName ? Has(input, nameof(RestoreInfo.Confirmation), nameof(RestoreConfirmation.None), nameof(RestoreConfirmation.Missed))
            : record == typeof(RestoreResult).FullName && Has(input, nameof(RestoreResult.Outcome), nameof(RestoreOutcome.AlreadyThere));
    }

    private static bool Has(object input, string property, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            if (LanguagePrimitives.Equals(PSObject.AsPSObject(input).Properties[property]?.Value, value, ignoreCase: true, CultureInfo.InvariantCulture))
                return true;
        }

        return false;
    }
}
