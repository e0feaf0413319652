using System.CommandLine;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Options of the commands for feature flags and kill switches.</summary>
internal static class SwitchArguments
{
    /// <summary>How long a switch is looked at unless the caller says.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    public static Option<Uri?> Address(string name, string description)
    {
        var option = new Option<Uri?>(name) { HelpName = "URL", Description = description, CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) ? url : null };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
                result.AddError($"{name} wants an address that begins with http or https.");
        });
        return option;
    }

    public static Option<TimeSpan?> Wait() => Switches.Wait("Look so long whether it is followed: seconds, or a span such as 2m. Default: 30s.");
}
