using System.Management.Automation;

namespace HxOps.Pipeline;

/// <summary>Knows whether a command would ask, and whether anybody could answer: a prompt that nobody sees would hang a script for ever.</summary>
internal sealed class Asking(PSCmdlet command)
{
    /// <summary>Whether <c>-Confirm:$false</c> or the preference of the session agrees to everything beforehand.</summary>
    public bool IsAgreed => Confirm is false || (Confirm is null && Preference == ConfirmImpact.None);

    /// <summary>False when the command would ask and nobody could answer.</summary>
    public bool IsPossible => !WouldAsk || !IsUnattended;

    /// <summary>Whether <c>-WhatIf</c> or the preference of the session only wants the plan.</summary>
    public bool IsWhatIf => Switch("WhatIf") ?? LanguagePrimitives.IsTrue(command.GetVariableValue("WhatIfPreference"));

    private bool WouldAsk => !IsWhatIf && (Confirm ?? Preference != ConfirmImpact.None && Impact >= Preference);

    // The console's own prompt reads standard input; what is piped into it is data, not an answer.
    private bool IsUnattended => command.Host.Name == "ConsoleHost"
        && (Console.IsInputRedirected || Environment.GetCommandLineArgs().Skip(1).Any(argument => argument.TrimStart('-').StartsWith("noni", StringComparison.OrdinalIgnoreCase)));

    private bool? Confirm => Switch("Confirm");

    private ConfirmImpact Preference => command.GetVariableValue("ConfirmPreference") is { } value && LanguagePrimitives.TryConvertTo(value, out ConfirmImpact preference)
        ? preference
        : ConfirmImpact.High;

    private ConfirmImpact Impact => command.GetType().GetCustomAttributes(typeof(CmdletAttribute), inherit: true) is [CmdletAttribute attribute, ..]
        ? attribute.ConfirmImpact
        : ConfirmImpact.Medium;

    private bool? Switch(string name) => command.MyInvocation.BoundParameters.TryGetValue(name, out var value) ? LanguagePrimitives.IsTrue(value) : null;
}
