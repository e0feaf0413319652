using System.Text.Json;

namespace HxOps.Rollback.Switches;

/// <summary>An answer of a switch's endpoint.</summary>
/// <param name="Status">Its status code; zero when none came.</param>
/// <param name="IsCached">Whether a cache on the way gave it.</param>
/// <param name="Body">Its body; null when it is too large or none came.</param>
/// <param name="Finding">What came, in a few words.</param>
internal sealed record SwitchAnswer(int Status, bool IsCached, byte[]? Body, string Finding)
{
    public static SwitchAnswer None(string finding) => new(0, false, null, finding);

    /// <summary>The body of a success as JSON, or null.</summary>
    public JsonElement? Json()
    {
        try
        {
            return Status == 200 && Body is not null ? JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 32 }).RootElement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
