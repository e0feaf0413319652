using HxOps.Checkpoints;
using HxOps.Cli;
using HxOps.Cli.Output;
using HxOps.Codecs;
using HxOps.Deployments;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>The parts of which output is made.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void A_table_fits_the_width_and_loses_nothing(int width)
    {
        var table = new TextTable("CHECKPOINT", ">SIZE", "REMARKS");
        var note = "a note that is far longer than what is left of the line, with aVeryLongWordThatNobodyWouldWriteButSomebodyWillAllTheSame in it";
        table.Add("gw-checkpoint-20250818T175013Z", "12.3 kB", note);

        var lines = table.Lines(width).ToList();

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Equal(Squeeze("gw-checkpoint-20250818T175013Z" + "12.3 kB" + note).Order(), Squeeze(string.Concat(lines.Skip(1))).Order());
    }

    [Fact]
    public void A_note_stands_below_its_row_and_breaks_no_word()
    {
        var table = new TextTable("CHECKPOINT", "REMARKS");
        table.Add("pre-restore-20250818T175013Z", "good");
        table.Note("before restore-20250818T175013Z of gw-checkpoint-20250818T174013Z");

        Assert.Equal(["    before restore-20250818T175013Z of", "    gw-checkpoint-20250818T174013Z"], table.Lines(45).Skip(2));
    }

    [Fact]
    public void Control_characters_never_reach_the_terminal()
    {
        Assert.Equal("a?[31mb?c d", PlainText.Clean("a\u001b[31mb\u009bc\td", unicode: true));
    }

    [Fact]
    public void The_check_mark_becomes_a_word_where_it_cannot_be_shown()
    {
        Assert.Equal("OK: gateway active", PlainText.Clean("\u2705 gateway active", unicode: false));
        Assert.Equal("\u2705 gateway active", PlainText.Clean("\u2705 gateway active", unicode: true));
    }

    [Fact]
    [Trait("Behaviour", "C-17")]
    public void C_17_a_checkpoint_of_the_shipped_deployment_is_described_in_the_kits_words()
    {
        var deployment = new DeploymentReader(CodecFactory.Create().Yaml, _ => null).Read(Path.Combine(AppContext.BaseDirectory, "deployments", "hx-api-gateway.yaml"));
        var checkpoint = new CheckpointInfo
        {
            Id = "gw-checkpoint-20250818T175013Z",
            Path = "/gw-checkpoint-20250818T175013Z.tgz",
            CreatedUtc = DateTimeOffset.UnixEpoch,
            Kind = CheckpointKind.Checkpoint,
            Format = CheckpointFormat.HxOps,
            SizeBytes = 1,
            Files = 1,
            ContentBytes = 1,
            Gateway = GatewayState.Answering,
        };

        Assert.StartsWith(
            "Archive contains: configs, systemd units, test suite, service scripts, logs, env fingerprint, API manifest, checksums",
            ContentsLine.Of(deployment, checkpoint),
            StringComparison.Ordinal);
        Assert.DoesNotContain("API manifest", ContentsLine.Of(deployment, checkpoint with { Gateway = GatewayState.Down }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(1_000_000_000, "1.0 GB")]
    public void Bytes_are_told_in_powers_of_1000(long bytes, string expected) => Assert.Equal(expected, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(0.003, "3 ms")]
    [InlineData(1.25, "1.25 s")]
    [InlineData(125, "2:05 min")]
    public void Spans_are_told_in_the_fitting_unit(double seconds, string expected) => Assert.Equal(expected, Amounts.Of(TimeSpan.FromSeconds(seconds)));

    private static string Squeeze(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
