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
    private const string DefaultRegistry = "docker.io/";
    private const string DefaultOwner = "library/";

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

        return await MissingAsync(pins, cancellation) is { } gone
            ? throw new HxException(ContainerErrors.ImageNotSecured, gone.Reference, $"{gone.Reference} is not here any more as it was recorded, so nothing is removed.")
            : pins;
    }

    /// <summary>Sees, after something was removed, that every image to roll back to is still here.</summary>
    /// <exception cref="HxException">ImageLost.</exception>
    public async Task SeeKeptAsync(CancellationToken cancellation)
    {
        if (await MissingAsync(Read(), cancellation) is { } gone)
        {
            throw new HxException(ContainerErrors.ImageLost, gone.Reference, $"{gone.Reference} is an image to roll back to, and is not here any more after others were removed. It was {gone.Describe()}.");
        }
    }

    /// <summary>
    /// Whether removing a reference would take an image to roll back to, under whatever name: <c>gateway</c> is <c>gateway:latest</c>, and an
    /// id or a digest takes the image itself. Only another tag of it that the engine knows may go.
    /// </summary>
    public async Task<bool> NeedsAsync(string reference, CancellationToken cancellation)
    {
        var pins = Read();
        if (pins.Any(pin => pin.Reference == reference))
        {
            return true;
        }

        var id = await engine.ImageIdAsync(reference, cancellation);
        return id is not null && pins.Any(pin => pin.Id == id)
            && !(await engine.TagsAsync(reference, cancellation)).Except(pins.Select(pin => Tag(pin.Reference))).Contains(Tag(reference));
    }

    // The engine lists tags in their shortest form.
    private static string Tag(string reference)
    {
        var name = reference.StartsWith(DefaultRegistry, StringComparison.Ordinal) ? reference[DefaultRegistry.Length..] : reference;
        name = name.StartsWith(DefaultOwner, StringComparison.Ordinal) ? name[DefaultOwner.Length..] : name;
        return name.LastIndexOf(':') > name.LastIndexOf('/') ? name : name + ":latest";
    }

    private async Task<ImagePin?> MissingAsync(ImmutableArray<ImagePin> pins, CancellationToken cancellation)
    {
        foreach (var pin in pins)
        {
            if (await engine.ImageIdAsync(pin.Reference, cancellation) != pin.Id)
            {
                return pin;
            }
        }

        return null;
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
