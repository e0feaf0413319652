namespace HxOps.Rollback.Criteria;

/// <summary>Makes JSON of what Python calls JSON: its writer puts a bare <c>NaN</c> where a number is missing.</summary>
internal static class BareNaN
{
    /// <summary>The text with every <c>NaN</c> outside of strings replaced by <c>null</c>.</summary>
    public static ReadOnlyMemory<byte> Replaced(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        if (text.IndexOf("NaN"u8) < 0)
        {
            return json;
        }

        var result = new List<byte>(text.Length + 16);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!inString && text[i..].StartsWith("NaN"u8))
            {
                result.AddRange("null"u8);
                i += 2;
                continue;
            }

            result.Add(text[i]);
            if (text[i] == '"')
            {
                inString = !inString;
            }
            else if (inString && text[i] == '\\' && i + 1 < text.Length)
            {
                result.Add(text[++i]);
            }
        }

        return result.ToArray();
    }
}
