using HxOps.Errors;
using HxOps.Formats;
using YamlDotNet.Core;

namespace HxOps.Codecs;

/// <summary>Reads YAML with YamlDotNet's parser, event by event: its object mapper, which needs reflection, is not used.</summary>
public sealed class YamlDotNetReader : IYamlReader
{
    /// <inheritdoc/>
    public YamlNode Read(string text, string source, YamlBounds bounds)
    {
        if (text.Length > bounds.Characters)
        {
            throw Invalid(source, new TextPosition(1, 1), $"the text has {text.Length} characters; at most {bounds.Characters} are read");
        }

        // Some editors put a byte order mark before the text; it would be part of the first key.
        var body = text.StartsWith('\uFEFF') ? text[1..] : text;
        RefuseControlCharacters(body, source);
        var scanner = new Scanner(new StringReader(body));
        try
        {
            return new YamlTreeBuilder(new Parser(scanner), source, bounds).Build();
        }
        catch (YamlException error)
        {
            // The start of such an error is where the surrounding mapping starts, which may be far above the tab.
            var mark = error.Message.Contains(" tab", StringComparison.Ordinal) ? scanner.CurrentPosition : error.Start;
            throw Invalid(source, YamlTreeBuilder.PositionOf(mark), Plain(error.Message), error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // The scanner answers some malformed texts with an exception of its own inner workings.
            throw Invalid(source, YamlTreeBuilder.PositionOf(scanner.CurrentPosition), "malformed YAML", error);
        }
    }

    internal static HxException Invalid(string source, TextPosition position, string what, Exception? cause = null) =>
        new(FormatErrors.YamlInvalid, source, $"{source}:{position}: {what}", cause);

    // YAML allows none of them, and in a path or a unit name they would be a trap.
    private static void RefuseControlCharacters(string text, string source)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                line++;
                lineStart = i + 1;
            }
            else if ((char.IsControl(character) && character is not ('\t' or '\r' or '\u0085')) || IsLoneSurrogate(text, i))
            {
                throw Invalid(source, new TextPosition(line, i - lineStart + 1), $"the character U+{(int)character:X4} is not allowed in YAML");
            }
        }
    }

    private static bool IsLoneSurrogate(string text, int index) =>
        char.IsHighSurrogate(text[index])
            ? index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])
            : char.IsLowSurrogate(text[index]) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));

    private static string Plain(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length == 0 ? "malformed YAML" : char.ToLowerInvariant(line[0]) + line[1..];
    }
}
