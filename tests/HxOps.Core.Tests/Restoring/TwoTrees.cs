using System.Collections.Immutable;
using System.Globalization;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Errors;
using HxOps.Files.Accounts;
using HxOps.Files.Locking;
using HxOps.Files.Metadata;
using HxOps.Restoring;
using HxOps.Restoring.Planning;
using HxOps.TestKit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>
/// A tree in two states, with a checkpoint of each, and all that can differ between them: content, modes, times, links, hard links,
/// attributes, folders made and removed, and entries that change their kind.
/// </summary>
internal sealed class TwoTrees : IDisposable
{
    private const int FilesPerFolder = 50;

    private readonly ScratchFolder _scratch = new();
    private readonly string _tree;

    private TwoTrees(int files)
    {
        _tree = Path.Combine(_scratch.Path, TreeDeployment.Tree[1..]);
        Directory.CreateDirectory(_tree);
        Context = TreeDeployment.At(_scratch.Path);
        Lay(files);
    }

    internal DeploymentContext Context { get; }

    internal string Root => _scratch.Path;

    internal string Tree => _tree;

    internal CheckpointInfo First { get; private set; } = null!;

    internal CheckpointInfo Second { get; private set; } = null!;

    internal TreeSnapshot FirstTree { get; private set; } = null!;

    internal TreeSnapshot SecondTree { get; private set; } = null!;

    internal static RestoreOptions Options { get; } = RestoreOptions.Default with
    {
        Switches = RestoreSwitches.NoGate | RestoreSwitches.NoServices | RestoreSwitches.Mirror,
    };

    /// <summary>Makes the two states; the second is on the disk afterwards.</summary>
    internal static async Task<TwoTrees> CreateAsync(int files)
    {
        var trees = new TwoTrees(files);
        (trees.First, trees.FirstTree) = await trees.TakeAsync();
        trees.Change(files);
        (trees.Second, trees.SecondTree) = await trees.TakeAsync();
        return trees;
    }

    internal TreeSnapshot Now() => TreeSnapshot.Of(_tree);

    internal async Task<RestoreResult> RestoreAsync(CheckpointInfo checkpoint, EventLog? events = null)
    {
        var log = events ?? new EventLog();
        var plan = await new RestorePlanner(Context).PlanAsync(checkpoint, Options, log, CancellationToken.None);
        return await new RestoreRunner(Context).RunAsync(plan, log, CancellationToken.None);
    }

    internal async Task<RestoreResult> UndoAsync()
    {
        var log = new EventLog();
        var plan = await new RestorePlanner(Context).PlanUndoAsync(null, Options, log, CancellationToken.None);
        return await new RestoreRunner(Context).RunAsync(plan, log, CancellationToken.None);
    }

    /// <summary>Takes a checkpoint of what lies on the disk.</summary>
    internal async Task<(CheckpointInfo Checkpoint, TreeSnapshot Tree)> TakeAsync()
    {
        using var lease = DeploymentLock.Acquire(StateFolder.Of(Context), "a test");
        var checkpoint = await new CheckpointWriter(Context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, ""), lease, new EventLog(), CancellationToken.None);
        return (checkpoint, Now());
    }

    public void Dispose() => _scratch.Dispose();

    private void Lay(int files)
    {
        for (var index = 0; index < files; index++)
            Write(Name(index), $"first {index}\n", 0x1A4);

        foreach (var folder in new[] { "kind/folder", "kind/tofile", "gone/deep" })
            Directory.CreateDirectory(At(folder));

        Write("kind/folder/inner", "inner", 0x1A4);
        Write("kind/file", "file", 0x180);
        Write("gone/deep/one", "gone", 0x1ED);
        File.CreateSymbolicLink(At("kind/link"), "file");
        Write("hard/one", "hard", 0x1A4);
        foreach (var name in new[] { "order/lib/y", "order/lib-x/z", "order/lib.d/deep/z" })
            Write(name, "before /, in the order of bytes", 0x1A4);

        Bash("ln hard/one hard/two; ln hard/one kind/three; chmod 6755 gone/deep/one; chmod 1777 kind/folder; touch -h -d '2019-05-05 05:05:05.123456789' kind/link");
        SetAttribute("hard/one", "user.note");
    }

    private void Change(int files)
    {
        for (var index = 0; index < files; index++)
        {
            switch (index % 7)
            {
                case 0:
                    Write(Name(index), $"second {index} {new string('x', index % 300)}\n", 0x1A4);
                    break;
                case 1:
                    File.SetUnixFileMode(At(Name(index)), (UnixFileMode)0x180);
                    break;
                case 2:
                    File.SetLastWriteTimeUtc(At(Name(index)), new DateTime(2021, 1, 1, 0, 0, index % 60, DateTimeKind.Utc).AddTicks(index));
                    break;
                case 3:
                    File.Delete(At(Name(index)));
                    break;
                case 4:
                    Write(Name(index) + ".new", "new", 0x1A4);
                    break;
            }
        }

        Bash("""
            rm -r kind/folder gone && echo file > kind/folder
            rm kind/file && mkdir kind/file && echo inner > kind/file/inner
            rm kind/link && mkdir -p kind/link/deep && ln -s ../../nowhere kind/link/deep/link
            rmdir kind/tofile && ln -s elsewhere kind/tofile
            rm hard/two && echo single > hard/two && ln hard/two hard/four
            mkdir -p fresh/a/b/c && echo c > fresh/a/b/c/file && chmod 700 fresh/a
            rm -r order/lib order/lib-x order/lib.d && mkdir -p order/ex order/ex-old order/ex.d && touch order/ex/a order/ex-old/b order/ex.d/c
            touch -d '1965-03-04 05:06:07.987654321' fresh/a/b
            """);
        SetAttribute("hard/one", "user.other");
    }

    private static string Name(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"d{index / FilesPerFolder % 10}/e{index / FilesPerFolder}/file{index}.conf");

    private string At(string name) => Path.Combine(_tree, name);

    private void Write(string name, string content, int mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        File.SetUnixFileMode(At(name), (UnixFileMode)mode);
    }

    private void SetAttribute(string name, string attribute)
    {
        var reader = new MetadataReader(new AccountDirectory());
        var wanted = MetadataSetting.Of(reader.Read(At(name))) with
        {
            ExtendedAttributes = ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty.Add(attribute, [1, 2, 3]),
        };
        try
        {
            new MetadataWriter(reader).Apply(At(name), wanted);
        }
        catch (HxException)
        {
            // A file system without user attributes: the tree differs in enough other things.
        }
    }

    private void Bash(string script)
    {
        using var bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-ec", script]) { WorkingDirectory = _tree })!;
        bash.WaitForExit();
        Xunit.Assert.Equal(0, bash.ExitCode);
    }
}
