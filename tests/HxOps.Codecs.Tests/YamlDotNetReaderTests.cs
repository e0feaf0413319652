using HxOps.Errors;
using HxOps.Formats;
using Xunit;

namespace HxOps.Codecs.Tests;

public sealed class YamlDotNetReaderTests
{
    private static YamlNode Read(string text, YamlBounds? bounds = null) => new YamlDotNetReader().Read(text, "a.yaml", bounds ?? YamlBounds.Default);

    private static HxException Refused(string text, YamlBounds? bounds = null)
    {
        var error = Assert.Throws<HxException>(() => Read(text, bounds));
        Assert.Equal("YamlInvalid", error.Id.Name);
        Assert.Equal("a.yaml", error.Target);
        return error;
    }

    [Fact]
    public void Values_know_their_line_and_column()
    {
        var root = Assert.IsType<YamlMapping>(Read("name: x\nlist:\n  - one\n  - key: 'two'\n"));

        Assert.Equal(new TextPosition(1, 1), root.Position);
        Assert.Equal(new TextPosition(1, 7), root["name"]!.Position);
        var list = Assert.IsType<YamlSequence>(root["list"]);
        Assert.Equal(new TextPosition(3, 5), list.Items[0].Position);
        var quoted = Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(list.Items[1])["key"]);
        Assert.Equal(new YamlScalar("two", false, new TextPosition(4, 10)), quoted);
    }

    [Fact]
    public void Plain_text_is_told_from_quoted_text()
    {
        var root = Assert.IsType<YamlMapping>(Read("a: 12\nb: \"12\"\nc: !!str 12\nd: ~\ne:\nf: ! 12\n"));

        Assert.True(Assert.IsType<YamlScalar>(root["a"]).IsPlain);
        Assert.False(Assert.IsType<YamlScalar>(root["b"]).IsPlain);
        Assert.False(Assert.IsType<YamlScalar>(root["c"]).IsPlain);
        Assert.True(Assert.IsType<YamlScalar>(root["d"]).IsNull);
        Assert.True(Assert.IsType<YamlScalar>(root["e"]).IsNull);
        Assert.False(Assert.IsType<YamlScalar>(root["f"]).IsPlain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a remark\n")]
    [InlineData("---\n...\n")]
    public void An_empty_document_is_an_empty_mapping(string text) => Assert.Empty(Assert.IsType<YamlMapping>(Read(text)).Entries);

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_first_key() =>
        Assert.Equal("name", Assert.IsType<YamlMapping>(Read("\uFEFFname: x\n")).Entries[0].Key.Text);

    [Fact]
    public void An_alias_stands_for_its_anchor()
    {
        var root = Assert.IsType<YamlMapping>(Read("a: &x {k: v}\nb: *x\n"));

        Assert.Same(root["a"], root["b"]);
    }

    [Fact]
    public void A_merge_key_gives_what_the_mapping_does_not_set_itself()
    {
        var root = Assert.IsType<YamlMapping>(Read("base: &b {k: 1, l: 2}\nuse:\n  <<: *b\n  k: 3\n"));

        var use = Assert.IsType<YamlMapping>(root["use"]);
        Assert.Equal(["k", "l"], use.Entries.Select(entry => entry.Key.Text));
        Assert.Equal("3", Assert.IsType<YamlScalar>(use["k"]).Text);
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: the key 'a' appears a second time; the first is at 1:1")]
    [InlineData("a: *x\n", "a.yaml:1:4: the alias *x has no anchor before it")]
    [InlineData("a: &x [*x]\n", "a.yaml:1:8: the alias *x has no anchor before it")]
    [InlineData("a: 1\n---\nb: 2\n", "a.yaml:2:1: a second document begins here; one file holds one document")]
    [InlineData("a: !!python/object:os.system x\n", "a.yaml:1:4: the tag tag:yaml.org,2002:python/object:os.system is not supported here")]
    [InlineData("a: !own {k: v}\n", "a.yaml:1:4: the tag !own is not supported here")]
    [InlineData("? [a, b]\n: c\n", "a.yaml:1:3: a key must be a single value, not a list or a mapping")]
    [InlineData("a: x\u0007\n", "a.yaml:1:5: the character U+0007 is not allowed in YAML")]
    [InlineData("<<: text\n", "a.yaml:1:5: the merge key << takes a mapping or a list of mappings")]
    public void What_is_not_taken_is_named_with_file_line_and_column(string text, string message) => Assert.Equal(message, Refused(text).Message);

    [Theory]
    [InlineData("a:\n\t- b\n", 2)]
    [InlineData("a: [1, 2\nb: 3\n", 2)]
    [InlineData("a: 'never closed\n", 1)]
    [InlineData("a: b: c\n", 1)]
    [InlineData("a: 1\n  b: 2\n", 2)]
    [InlineData("%YAML 9.9\n---\na: 1\n", 1)]
    public void Malformed_text_is_refused_at_its_line(string text, int line) =>
        Assert.StartsWith($"a.yaml:{line}:", Refused(text).Message, StringComparison.Ordinal);

    [Fact]
    public void An_alias_bomb_is_counted_in_full()
    {
        var text = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9)
            .Select(i => $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 9))}]\n"));

        Assert.Contains("more than 100000 values, aliases counted in full", Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_do_not_pass_the_bound_on_depth()
    {
        var text = "a: &a [[[x]]]\nb: &b [[*a]]\nc: [[*b]]\n";

        Assert.Contains("more than 8 levels deep", Refused(text, YamlBounds.Default with { Depth = 8 }).Message, StringComparison.Ordinal);
        Read(text, YamlBounds.Default with { Depth = 9 });
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_ends_at_the_bound_and_not_in_a_stack_overflow(char open) =>
        Assert.Contains("more than 64 levels deep", Refused(new string(open, 200_000)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_and_values_are_bounded()
    {
        var bounds = new YamlBounds(100, 8, 20);

        Assert.Contains("at most 100 are read", Refused(new string('#', 101), bounds).Message, StringComparison.Ordinal);
        Assert.Contains("more than 20 values", Refused(string.Concat(Enumerable.Repeat("- a\n", 20)), bounds).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_come_the_answer_is_a_tree_or_a_clear_refusal()
    {
        const string Seed = "hxops: 1\nname: &n x\nlist: [1, 'two', \"th\\x41ree\", *n]\nblock: |-\n  text\n? key\n: !!str v\nm: {<<: {a: b}, c: >2\n d}\n";
        const string Alphabet = "\0\t\n\r -:?&*!|>'\"%@`#,[]{}<~\\ax9é\u2028\uD800\uFEFF";
        var random = new Random(20250818);
        for (var round = 0; round < 4000; round++)
        {
            var text = Seed.ToCharArray().ToList();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Count);
                var character = Alphabet[random.Next(Alphabet.Length)];
                switch (random.Next(3))
                {
                    case 0: text[at] = character; break;
                    case 1: text.Insert(at, character); break;
                    default: text.RemoveAt(at); break;
                }
            }

            var mutant = new string([.. text]);
            if (Record.Exception(() => Read(mutant)) is { } error)
            {
                Assert.Matches(@"^a\.yaml:\d+:\d+: .+", Assert.IsType<HxException>(error).Message);
            }
        }
    }
}
