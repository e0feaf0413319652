namespace HxOps.Reporting;

/// <summary>
/// Takes secrets out of text that is about to be shown or stored: values that are known, and whatever looks like one.
/// It rather takes too much than too little. Redacting twice changes nothing more, and its time grows linearly with the text.
/// </summary>
public sealed class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Marker = "[redacted]";

    private const int MostRounds = 8;

    private readonly SecretForms _known;

    /// <summary>Redacts these values wherever they appear, and patterns.</summary>
    /// <param name="knownSecrets">
    /// Values to look for, also URL-encoded, JSON-escaped and, from eight characters on, base64-encoded. Shorter ones than four
    /// characters are passed over: they would take ordinary words apart.
    /// </param>
    public Redactor(IEnumerable<string> knownSecrets) => _known = new SecretForms(knownSecrets);

    /// <summary>Redacts by patterns only.</summary>
    public static Redactor PatternsOnly { get; } = new([]);

    /// <summary>The text without its secrets.</summary>
    public string Redact(string text)
    {
        // What was taken out can bring a name and another value together, so it goes on until nothing changes.
        for (var round = 0; round < MostRounds; round++)
        {
            var redacted = SecretPatterns.Replace(DeeperLines.Replace(_known.Replace(text)));
            if (redacted == text)
            {
                break;
            }

            text = redacted;
        }

        return text;
    }
}
