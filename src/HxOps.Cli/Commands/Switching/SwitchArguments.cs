using System.CommandLine;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Options of the commands for feature flags and kill switches.</summary>
internal static class SwitchArguments
{
    private const int DefaultWait = 30;

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

    public static Option<int> Wait() => new("--wait") { HelpName = "SECONDS", Description = $"Look so long whether it is followed. Default: {DefaultWait}.", DefaultValueFactory = _ => DefaultWait };
}
