using System.Collections.Immutable;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>The container engine: its containers, images and volumes.</summary>
/// <param name="runner">Runs programs.</param>
/// <param name="environment">Variables for docker besides the caller's.</param>
/// <param name="deadline">The longest that one call may take.</param>
internal sealed class Docker(ProcessRunner runner, IReadOnlyDictionary<string, string> environment, TimeSpan deadline)
{
    private const int MostOutput = 16 << 20;

    /// <summary>How some containers stand.</summary>
    public async Task<ImmutableArray<ContainerState>> InspectAsync(ImmutableArray<string> ids, CancellationToken cancellation) =>
        ids.IsEmpty ? [] : ContainerJson.Containers(await CheckedAsync(["container", "inspect", .. ids], cancellation));

    /// <summary>The table of what the running containers use, once, that docker prints for people.</summary>
    public Task<string> UsageAsync(CancellationToken cancellation) => CheckedAsync(["stats", "--no-stream"], cancellation);

    /// <summary>Ids of all containers, or of those whose name or project has a text in it.</summary>
    public async Task<ImmutableArray<string>> ContainersAsync(string? named, CancellationToken cancellation) =>
        Lines(await CheckedAsync(["container", "ls", "--all", "--quiet", "--no-trunc", .. Named(named)], cancellation));

    /// <summary>Names of all volumes, or of those whose name has a text in it.</summary>
    public async Task<ImmutableArray<string>> VolumesAsync(string? named, CancellationToken cancellation) =>
        Lines(await CheckedAsync(["volume", "ls", "--quiet", .. Named(named)], cancellation));

    /// <summary>The id of an image, or null when it is not here.</summary>
    public async Task<string?> ImageIdAsync(string reference, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(Command(["image", "inspect", "--format", "{{.Id}}", reference]), cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>The digests by which registries know an image; none for one that was made here.</summary>
    public async Task<ImmutableArray<string>> DigestsAsync(string reference, CancellationToken cancellation) =>
        ContainerJson.Texts(await CheckedAsync(["image", "inspect", "--format", "{{json .RepoDigests}}", reference], cancellation));

    /// <summary>The tags that an image here has.</summary>
    public async Task<ImmutableArray<string>> TagsAsync(string reference, CancellationToken cancellation) =>
        ContainerJson.Texts(await CheckedAsync(["image", "inspect", "--format", "{{json .RepoTags}}", reference], cancellation));

    /// <summary>All images: id and reference, the reference being <c>&lt;none&gt;:&lt;none&gt;</c> for one without a name.</summary>
    public async Task<ImmutableArray<(string Id, string Reference)>> ImagesAsync(CancellationToken cancellation) =>
    [
        .. Lines(await CheckedAsync(["image", "ls", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}"], cancellation))
            .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>Gets an image from its registry; any exit code is a result.</summary>
    public Task<ToolResult> PullAsync(string reference, CancellationToken cancellation) => runner.RunAsync(Command(["image", "pull", "--quiet", reference]), cancellation);

    /// <summary>Takes away a name of an image, and the image with its last one. One that a container uses stays.</summary>
    public Task RemoveImageAsync(string reference, CancellationToken cancellation) => CheckedAsync(["image", "rm", reference], cancellation);

    /// <summary>Removes containers that do not run, with those of their volumes that have no name of their own.</summary>
    public Task RemoveContainersAsync(ImmutableArray<string> ids, CancellationToken cancellation) =>
        ids.IsEmpty ? Task.CompletedTask : CheckedAsync(["container", "rm", "--volumes", .. ids], cancellation);

    /// <summary>Removes what builds have left for the next ones.</summary>
    public Task PruneBuildsAsync(CancellationToken cancellation) => CheckedAsync(["builder", "prune", "--force"], cancellation);

    private static ImmutableArray<string> Named(string? text) => text is null ? [] : ["--filter", $"name={text}"];

    private static ImmutableArray<string> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private async Task<string> CheckedAsync(ImmutableArray<string> arguments, CancellationToken cancellation) =>
        (await runner.RunCheckedAsync(Command(arguments), cancellation)).Output;

    private ToolCommand Command(ImmutableArray<string> arguments) =>
        new("docker", arguments) { Deadline = deadline, MostOutput = MostOutput, Environment = environment };
}
