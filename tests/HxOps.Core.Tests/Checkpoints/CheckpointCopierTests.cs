using HxOps.Checkpoints;
using HxOps.Checkpoints.Copying;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Files;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

public sealed class CheckpointCopierTests : CheckpointBench
{
    [Theory]
    [InlineData("{backups}")]
    [InlineData("{backups}/../backups/")]
    [InlineData("{outside}/link")]
    [InlineData("{outside}/hard")]
    public async Task The_checkpoint_itself_is_no_copy_of_it(string folder)
    {
        var checkpoint = Take();
        Bash.Run(Sample.Outside, $"ln -s '{Sample.BackupFolder}' link; mkdir hard; ln '{checkpoint.Path}' hard");

        var refusal = await Assert.ThrowsAsync<HxException>(() => CopyAsync(checkpoint, folder.Replace("{backups}", Sample.BackupFolder, StringComparison.Ordinal).Replace("{outside}", Sample.Outside, StringComparison.Ordinal)));

        Assert.Equal(("CopySameFile", ExitCode.Refused), (refusal.Id.Name, refusal.Id.ExitCode));
        Assert.Empty(new CheckpointCatalog(Sample.Context).Find(checkpoint.Id).Copies);
    }

    [Fact]
    public async Task A_copy_takes_its_name_in_one_step_and_leaves_nothing_else()
    {
        var checkpoint = Take();
        var folder = Path.Combine(Sample.Outside, "copies");

        var copy = await CopyAsync(checkpoint, folder);

        Assert.Equal(CopyOutcome.Copied, copy.Outcome);
        Assert.Equal([Path.Combine(folder, Path.GetFileName(checkpoint.Path))], Directory.GetFileSystemEntries(folder));
        Assert.Equal(File.ReadAllBytes(checkpoint.Path), File.ReadAllBytes(copy.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.Path));
        Assert.Equal(CopyOutcome.AlreadyThere, (await CopyAsync(checkpoint, folder)).Outcome);
        Assert.Equal(folder, Assert.Single(new CheckpointCatalog(Sample.Context).Find(checkpoint.Id).Copies));
    }

    [Theory]
    [InlineData("ln -s ../victim '{0}'", 0)]
    [InlineData("ln ../victim '{0}'", 0)]
    [InlineData("head -c 100 '{1}' > '{0}'; chmod 666 '{0}'", 0)] // Whoever made it may have it open.
    [InlineData("head -c 100 '{1}' > '{0}'; chmod 600 '{0}'", 100)]
    public async Task An_attempt_goes_on_only_with_what_an_earlier_one_has_made(string script, long resumed)
    {
        var checkpoint = Take();
        var folder = Directory.CreateDirectory(Path.Combine(Sample.Outside, "copies")).FullName;
        var victim = Path.Combine(Sample.Outside, "victim");
        File.Copy(checkpoint.Path, victim);
        File.AppendAllText(victim, "of somebody else");
        var part = CopyNames.Of(checkpoint.Path, ContentHasher.Hash(checkpoint.Path).Sha256).Part;
        Bash.Run(folder, script.Replace("{0}", part, StringComparison.Ordinal).Replace("{1}", checkpoint.Path, StringComparison.Ordinal));

        var copy = await CopyAsync(checkpoint, folder);

        Assert.Equal(resumed, copy.ResumedBytes);
        Assert.EndsWith("of somebody else", File.ReadAllText(victim), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(checkpoint.Path), File.ReadAllBytes(copy.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.Path));
        Assert.Equal([copy.Path], Directory.GetFileSystemEntries(folder));
    }

    private Task<CheckpointCopy> CopyAsync(CheckpointInfo checkpoint, string folder) =>
        new CheckpointCopier(Sample.Context).CopyAsync(checkpoint, new CopyDestination(null, folder), Events, CancellationToken.None);
}
