using System.Text;
using System.Text.Json;

namespace HxOps.Reporting;

/// <summary>Known secret values in every form in which they may appear in a text.</summary>
internal sealed class SecretForms
{
    private const int ShortestValue = 4;
    private const int ShortestEncoded = 8;

    private readonly string[] _forms;

    public SecretForms(IEnumerable<string> values) => _forms =
    [
        .. values
            .Where(value => value.Length >= ShortestValue)
            .SelectMany(Of)
            .Where(form => form.Length >= ShortestValue && !Redactor.Marker.Contains(form, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length), // a value may contain another
    ];

    /// <summary>The text with every form replaced.</summary>
    public string Replace(string text) => _forms.Aggregate(text, (rest, form) => rest.Replace(form, Redactor.Marker, StringComparison.Ordinal));

    private static IEnumerable<string> Of(string value)
    {
        yield return value;
        var url = Uri.EscapeDataString(value);
        yield return url;
        yield return LowerCaseEscapes(url);
        yield return url.Replace("%20", "+", StringComparison.Ordinal);
        yield return JsonEncodedText.Encode(value).Value;
        if (value.Length < ShortestEncoded)
        {
            yield break;
        }

        // Within a longer base64 text ("user:password") the value may begin at any of three places of a group;
        // the characters that its neighbours have no part in are always the same.
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var first = offset == 0 ? 0 : offset + 1;
            var whole = (offset + bytes.Length) * 8 / 6;
            yield return encoded[first..whole];
            yield return encoded[first..whole].Replace('+', '-').Replace('/', '_');
        }
    }

    private static string LowerCaseEscapes(string url)
    {
        var text = new StringBuilder(url);
        for (var i = url.IndexOf('%', StringComparison.Ordinal); i >= 0; i = url.IndexOf('%', i + 1))
        {
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }

        return text.ToString();
    }
}
