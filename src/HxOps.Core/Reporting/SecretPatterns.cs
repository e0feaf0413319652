using System.Text.RegularExpressions;

namespace HxOps.Reporting;

/// <summary>What secrets look like. All expressions are matched without backtracking: a log line may be hostile.</summary>
internal static class SecretPatterns
{
    private const string SecretName =
        "(?:[a-z0-9_.-]*(?:keys?|token|secrets?|passwords?|passwd|passphrase|pwd|credentials?)(?:_?[0-9]+|_base|_prod|_dev|_test|_staging)?)";

    // A diff puts its mark before a line, and a list its dash.
    private const string LineStart = @"(?:[-+ \t]*(?:export[ \t]+)?)";

    private const string Quoted = @"""(?:[^""\\\r\n]|\\.)*""|'[^'\r\n]*'";

    /// <summary>A private key, to its end or to the end of the text.</summary>
    private static readonly Regex PrivateKey = Linear(@"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?:[^-]|-[^-])*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|-*)");

    /// <summary>The password of an address: <c>scheme://user:password@host</c>.</summary>
    private static readonly Regex AddressPassword = Linear(@"(://[^\s/?#""'@:]*:)[^\s/?#""']+(@)");

    /// <summary>The same for stores whose clients take a slash in a password, unlike the web.</summary>
    private static readonly Regex StorePassword = Linear(
        @"(\b(?:postgres(?:ql)?|mysql|mariadb|mssql|rediss?|valkey|mongodb|amqps?|clickhouse)(?:\+[a-z0-9]+)*://[^\s/?#""'@:]*:)[^\s?#""']+(@)");

    /// <summary>An <c>Authorization</c> header, in whatever notation; the scheme stays.</summary>
    private static readonly Regex Authorization = Linear(
        @"(\b(?:proxy-)?authorization[""']?[ \t]*[:=][ \t]*[""']?(?:(?:bearer|basic|token|apikey|negotiate|digest)[ \t]+)?)[^\r\n""']+()");

    /// <summary>A bearer token outside of a header.</summary>
    private static readonly Regex Bearer = Linear(@"(\bbearer[ \t]+)[a-z0-9._~+/=-]{6,}()");

    /// <summary>Tokens that tell by their beginning what they are.</summary>
    private static readonly Regex Token = Linear(
        @"\b(?:(?-i:sk|pk|rk)-[a-z0-9_-]{6,}|gh[pousr]_[a-z0-9]{16,}|github_pat_[a-z0-9_]{16,}|hf_[a-z0-9]{16,}|(?-i:AKIA)[a-z0-9]{16}|xox[abeprs]-[a-z0-9-]{10,}"
        + @"|(?-i:eyJ)[a-z0-9_-]{8,}\.[a-z0-9_-]{8,}\.[a-z0-9_-]*)");

    /// <summary>An assignment that begins its line: an environment file, YAML. The value goes to the end of the line.</summary>
    private static readonly Regex LineAssignment = Linear($@"(?m)(^{LineStart}[""']?{SecretName}[""']?[ \t]*[:=][ \t]*)({Quoted}|[^\s{{\[][^\r\n]*)");

    /// <summary>An assignment within a line: JSON, a command line, a query.</summary>
    private static readonly Regex InlineAssignment = Linear($@"(\b{SecretName}[""']?[ \t]*[:=][ \t]*)({Quoted}|\$\{{[a-z0-9_]+\}}|[^\s""',;&{{}}\[\]]+)");

    /// <summary>What stands in a secret's place without being one: a reference to a variable, a switch, the head of a block.</summary>
    private static readonly Regex Reference = Linear(
        @"\A(?:os\.environ/[a-z0-9_]+|\$\{[a-z0-9_]+\}|\$[a-z_][a-z0-9_]*|null|true|false|~|[|>][-+0-9]*)[ \t]*(?:#.*)?\z");

    /// <summary>The text with everything replaced that looks like a secret.</summary>
    public static string Replace(string text)
    {
        text = PrivateKey.Replace(text, Redactor.Marker);
        text = StorePassword.Replace(text, "$1" + Redactor.Marker + "$2");
        text = AddressPassword.Replace(text, "$1" + Redactor.Marker + "$2");
        text = Authorization.Replace(text, "$1" + Redactor.Marker + "$2");
        text = Bearer.Replace(text, "$1" + Redactor.Marker + "$2");
        text = Token.Replace(text, Redactor.Marker);
        text = LineAssignment.Replace(text, Assigned);
        return InlineAssignment.Replace(text, Assigned);
    }

    /// <summary>Whether a variable holds a secret: one whose assignment would not be shown.</summary>
    public static bool IsSecret(string name, string value) => $"{name}={value}" is var assignment && Replace(assignment) != assignment;

    // A reference names a secret and holds none; a diff without it would hide what the operator looks for.
    private static string Assigned(Match match)
    {
        var value = match.Groups[2].Value;
        var quote = value[0] is '"' or '\'' && value.Length > 1 && value[^1] == value[0] ? value[..1] : "";
        var bare = value.Trim('"', '\'', ' ', '\t');
        return bare.Length == 0 || bare.StartsWith(Redactor.Marker, StringComparison.Ordinal) || Reference.IsMatch(bare)
            ? match.Value
            : match.Groups[1].Value + quote + Redactor.Marker + quote;
    }

    private static Regex Linear(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
