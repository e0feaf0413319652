using System.Globalization;
using System.Text.RegularExpressions;
using HxOps.Errors;

namespace HxOps.Cli.Demo.Practice;

/// <summary>
/// Makes the practice deployment's file from the one that ships for the HX API gateway. Nothing in it is left to the environment: a
/// practice that took a URL or a key from there could reach a gateway that people use.
/// </summary>
/// <param name="ports">Where the practice services listen.</param>
/// <param name="owner">User and group that restored files are given: here the caller's own.</param>
/// <param name="key">The key that the practice gateway takes.</param>
internal sealed partial class PracticeDescription(PracticePorts ports, (string User, string Group) owner, string key)
{
    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "deployments", "hx-api-gateway.yaml");

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        var text = Variable().Replace(ReadShipped(), match => Value(match.Groups["name"].Value) ?? match.Groups["default"].Value);
        text = Change(Owner(), text, $"user: \"{owner.User}\", group: \"{owner.Group}\"");
        return Change(Key(), text, $"variable: HXOPS_PRACTICE_KEY\n    default: {key}");
    }

    private string? Value(string variable) => variable switch
    {
        "HX_UPSTREAM_URL" => Url(ports.Gateway),
        "HX_WRAPPER_URL" => Url(ports.Wrapper),
        "HX_WRAPPER_PORT" => ports.Wrapper.ToString(CultureInfo.InvariantCulture),
        "HX_LLM01_URL" => Url(ports.Backends[0]),
        "HX_LLM02_URL" => Url(ports.Backends[1]),
        "HX_ORC_URL" => Url(ports.Backends[2]),
        _ => null,
    };

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private static string ReadShipped()
    {
        try
        {
            return File.ReadAllText(Shipped);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new HxException(DemoErrors.NotShipped, Shipped, $"The deployment file '{Shipped}' cannot be read.", cause);
        }
    }

    private static string Change(Regex pattern, string text, string replacement) => pattern.IsMatch(text)
        ? pattern.Replace(text, _ => replacement)
        : throw new HxException(DemoErrors.NotShipped, Shipped,
            $"The deployment file '{Shipped}' no longer has the parts that a practice deployment changes.");

    [GeneratedRegex(@"\$\{(?<name>\w+):-(?<default>[^}]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"user: [\w-]+, group: [\w-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Owner();

    [GeneratedRegex(@"variable: \w+\s+default: sk-\S+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Key();
}
