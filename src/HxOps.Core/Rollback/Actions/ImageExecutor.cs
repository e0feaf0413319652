using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Plans;
using HxOps.Tools;

namespace HxOps.Rollback.Actions;

/// <summary>Records, pulls and removes images. What is needed to roll back is never among what goes.</summary>
internal sealed class ImageExecutor(ContainerOpener containers) : ActionExecutor<ImageAction>
{
    // A pulled image is one more; what runs keeps its own.
    /// <inheritdoc/>
    protected override ActionEffect Effect(ImageAction action) =>
        action.Verb is ImageVerb.Remove or ImageVerb.Prune ? ActionEffect.Lasting : ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(ImageAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override bool RefusedBefore(ImageAction action, HxException failure) => failure.Id == ContainerErrors.ImageNotSecured;

    /// <inheritdoc/>
    protected override Task<string> DoAsync(ImageAction action, ActionScope scope, CancellationToken cancellation)
    {
        var engine = containers.Engine(scope);
        var pins = new ImagePins(scope.Folder, engine);
        return action.Verb switch
        {
            ImageVerb.Pull => PullAsync(action, engine, pins, scope, cancellation),
            ImageVerb.Remove => RemoveAsync(action, engine, pins, cancellation),
            ImageVerb.Prune => PruneAsync(action, engine, pins, scope, cancellation),
            _ => RecordAsync(action, pins, cancellation),
        };
    }

    private static async Task<string> RecordAsync(ImageAction action, ImagePins pins, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var reference in action.Images)
        {
            var pin = await pins.RecordAsync(reference, cancellation)
                ?? throw new HxException(ContainerErrors.ImageNotFound, reference, $"The image {reference} is not here.");
            found.Add(pin.Describe());
        }

        return string.Join("; ", found);
    }

    // All of them before the first failure is told: with a registry that is down it matters which ones are here.
    private static async Task<string> PullAsync(ImageAction action, Docker engine, ImagePins pins, ActionScope scope, CancellationToken cancellation)
    {
        foreach (var reference in action.Images)
        {
            var result = await engine.PullAsync(reference, cancellation);
            if (result.Succeeded)
            {
                continue;
            }

            var words = scope.Redactor.Redact(result.Error.Trim().Split('\n')[^1]);
            if (await engine.ImageIdAsync(reference, cancellation) is null)
            {
                throw new HxException(ContainerErrors.ImageNotFound, reference, $"The image {reference} is not here, and its registry does not give it: {words}");
            }

            scope.Events.Report(new WarningEvent("ImageNotPulled", $"{reference} could not be pulled; the one that is here is used: {words}", reference));
        }

        return await RecordAsync(action, pins, cancellation);
    }

    private static async Task<string> RemoveAsync(ImageAction action, Docker engine, ImagePins pins, CancellationToken cancellation)
    {
        var kept = await pins.DemandAsync([], cancellation);
        foreach (var reference in action.Images)
        {
            if (await pins.NeedsAsync(reference, cancellation))
            {
                throw new HxException(ContainerErrors.ImageNotSecured, reference, $"{reference} is an image to roll back to; it is not removed.");
            }
        }

        var removed = 0;
        foreach (var reference in action.Images)
        {
            if (await engine.ImageIdAsync(reference, cancellation) is not null)
            {
                await engine.RemoveImageAsync(reference, cancellation);
                removed++;
            }
        }

        await pins.SeeKeptAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{removed} of {action.Images.Length} removed; {kept.Length} to roll back to are here");
    }

    // Not "docker container prune": a container that another project has stopped, and its nameless volume, are that project's data.
    private static async Task RemoveStoppedAsync(DockerCompose? own, Docker engine, CancellationToken cancellation)
    {
        var present = own is null ? [] : await engine.InspectAsync(await own.ContainersAsync([], cancellation), cancellation);
        await engine.RemoveContainersAsync([.. present.Where(container => container.Status is "created" or "exited" or "dead").Select(container => container.Id)], cancellation);
    }

    // With its containers gone, nothing else would keep the images that the project starts again from.
    private static async Task<ImmutableArray<string>> NeededAsync(DockerCompose? own, Docker engine, CancellationToken cancellation)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        foreach (var reference in own is null ? [] : await own.ImagesAsync(cancellation))
        {
            if (await engine.ImageIdAsync(reference, cancellation) is { } id)
            {
                ids.Add(id);
            }
        }

        return ids.ToImmutable();
    }

    // Not "docker system prune --all --volumes": it asks nobody what it may take, and takes images to roll back to and monitoring data.
    private async Task<string> PruneAsync(ImageAction action, Docker engine, ImagePins pins, ActionScope scope, CancellationToken cancellation)
    {
        var kept = await pins.DemandAsync(action.Images, cancellation);
        var own = action.Project is { } folder ? await containers.ProjectAsync(folder, scope, cancellation) : null;
        await RemoveStoppedAsync(own, engine, cancellation);
        var used = (await engine.InspectAsync(await engine.ContainersAsync(null, cancellation), cancellation)).Select(container => container.Image);
        var keep = used.Concat(kept.Select(pin => pin.Id)).Concat(await NeededAsync(own, engine, cancellation)).ToHashSet(StringComparer.Ordinal);
        var unused = (await engine.ImagesAsync(cancellation)).Where(image => !keep.Contains(image.Id)).ToList();
        foreach (var (id, reference) in unused)
        {
            await engine.RemoveImageAsync(reference.Contains('<', StringComparison.Ordinal) ? id : reference, cancellation);
        }

        await engine.PruneBuildsAsync(cancellation);
        await pins.SeeKeptAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{unused.Count} unused images removed; {kept.Length} to roll back to are here");
    }
}
