namespace HxOps.Gateway.Probers;

/// <summary>Reads an answer's body up to a bound.</summary>
internal static class BoundedBody
{
    /// <summary>Most bytes that any answer the gate wants may have: 1 MiB.</summary>
    internal const int MostBytes = 1 << 20;

    /// <summary>The body, or null when it is larger than <see cref="MostBytes"/>; the rest is not read.</summary>
    internal static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > MostBytes)
            return null;

        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
                return null;
        }

        return body.ToArray();
    }
}
