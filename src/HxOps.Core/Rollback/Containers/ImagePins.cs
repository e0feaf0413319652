using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Rollback.Running;
using HxOps.Tools;

namespace HxOps.Rollback.Containers;

/// <summary>The images to roll back to, as a run has recorded them: nothing is removed before they are known and here.</summary>
internal sealed class ImagePins(RunFolder folder, Docker engine)
{
    private const string FileName = "images";
    private const int MostBytes = 1 << 20;

    /// <summary>Records an image that is here.</summary>
    /// <returns>The record, or null when it is not here.</returns>
    public async Task<ImagePin?> RecordAsync(string reference, CancellationToken cancellation)
    {
        if (await engine.ImageIdAsync(reference, cancellation) is not { } id)
        {
            return null;
        }

        var pin = new ImagePin(reference, id, await engine.DigestsAsync(reference, cancellation));
        var all = Read().RemoveAll(other => other.Reference == reference).Add(pin);
        folder.Write(FileName, Encoding.UTF8.GetBytes(string.Concat(all.Select(each => string.Join(' ', [each.Reference, each.Id, .. each.Digests]) + "\n"))));
        return pin;
    }

    /// <summary>Sees that images have been recorded and are here as they were then.</summary>
    /// <param name="needed">The images; empty means every one that was recorded, of which there must be one.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HxException">ImageNotSecured.</exception>
    public async Task<ImmutableArray<ImagePin>> DemandAsync(ImmutableArray<string> needed, CancellationToken cancellation)
    {
        var pins = Read();
        var missing = needed.FirstOrDefault(reference => pins.All(pin => pin.Reference != reference));
        if (missing is not null || pins.IsEmpty)
        {
            throw new HxException(ContainerErrors.ImageNotSecured, missing ?? "", $"{missing ?? "No image to roll back to"} has {(missing is null ? "" : "not ")}been recorded by this run, so nothing is removed.");
        }

        foreach (var pin in pins)
        {
            if (await engine.ImageIdAsync(pin.Reference, cancellation) != pin.Id)
            {
                throw new HxException(ContainerErrors.ImageNotSecured, pin.Reference, $"{pin.Reference} is not here any more as it was recorded, so nothing is removed.");
            }
        }

        return pins;
    }

    private ImmutableArray<ImagePin> Read() =>
    [
        .. (ForeignText.TryRead(Path.Combine(folder.Path, FileName), MostBytes) ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(words => new ImagePin(words[0], words[1], [.. words[2..]])),
    ];
}

/// <summary>An image as it was recorded.</summary>
/// <param name="Reference">Such as <c>scenario-gateway:v1.0.0</c>.</param>
/// <param name="Id">Its id, which its content makes.</param>
/// <param name="Digests">By what registries know it; none for one that was made here.</param>
internal sealed record ImagePin(string Reference, string Id, ImmutableArray<string> Digests)
{
    /// <summary>The image in words.</summary>
    public string Describe() => $"{Reference} is {(Digests.IsEmpty ? Id : Digests[0].Split('@')[^1])}";
}
