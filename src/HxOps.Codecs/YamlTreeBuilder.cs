using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HxOps.Codecs;

/// <summary>Builds the tree of one document from the parser's events, within bounds.</summary>
internal sealed class YamlTreeBuilder(IParser parser, string source, YamlBounds bounds)
{
    private const string MergeKey = "<<";

    private readonly Dictionary<AnchorName, Anchored> _anchors = [];
    private int _nodes;

    /// <summary>The only document of the text.</summary>
    public YamlNode Build()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return new YamlMapping([], new TextPosition(1, 1));
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(1).Node;
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            throw Invalid(PositionOf(second.Start), "a second document begins here; one file holds one document");
        }

        parser.Consume<StreamEnd>();
        return root is YamlScalar { IsNull: true, Text: "" } ? new YamlMapping([], root.Position) : root;
    }

    internal static TextPosition PositionOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private Anchored ReadNode(int depth)
    {
        var next = parser.Current ?? throw Invalid(new TextPosition(1, 1), "the text ends too early");
        var position = PositionOf(next.Start);
        RefuseDepth(depth, position);
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Expand(alias, depth);
        }

        Count(1, position);
        var before = _nodes;
        var (node, height) = next switch
        {
            Scalar => (ReadScalar(), 1),
            SequenceStart => ReadSequence(depth, position),
            MappingStart => ReadMapping(depth, position),
            _ => throw Invalid(position, "a value was expected here"),
        };

        var built = new Anchored(node, height, _nodes - before + 1);
        if (next is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = built;
        }

        return built;
    }

    // An alias stands for its whole subtree wherever the tree is walked, so it counts in full each time: ten lines of
    // aliases to aliases would otherwise make a billion nodes for whoever reads the tree.
    private Anchored Expand(AnchorAlias alias, int depth)
    {
        var position = PositionOf(alias.Start);
        if (!_anchors.TryGetValue(alias.Value, out var target))
        {
            throw Invalid(position, $"the alias *{alias.Value} has no anchor before it");
        }

        RefuseDepth(depth + target.Height - 1, position);
        Count(target.Nodes, position);
        return target;
    }

    private YamlScalar ReadScalar()
    {
        var scalar = parser.Consume<Scalar>();
        var position = PositionOf(scalar.Start);
        var isPlain = scalar.Style == ScalarStyle.Plain;
        if (!scalar.Tag.IsEmpty)
        {
            isPlain = YamlTags.IsTyped(scalar.Tag, isPlain) ?? throw UnknownTag(scalar.Tag, position);
        }

        return new YamlScalar(scalar.Value, isPlain, position);
    }

    private (YamlNode Node, int Height) ReadSequence(int depth, TextPosition position)
    {
        var start = parser.Consume<SequenceStart>();
        if (!YamlTags.AllowsSequence(start.Tag))
        {
            throw UnknownTag(start.Tag, position);
        }

        var items = ImmutableArray.CreateBuilder<YamlNode>();
        var height = 0;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = ReadNode(depth + 1);
            items.Add(item.Node);
            height = Math.Max(height, item.Height);
        }

        return (new YamlSequence(items.ToImmutable(), position), height + 1);
    }

    private (YamlNode Node, int Height) ReadMapping(int depth, TextPosition position)
    {
        var start = parser.Consume<MappingStart>();
        if (!YamlTags.AllowsMapping(start.Tag))
        {
            throw UnknownTag(start.Tag, position);
        }

        var entries = new List<YamlEntry>();
        var merged = new List<YamlNode>();
        var seen = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        var height = 0;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadKey(depth + 1);
            if (!seen.TryAdd(key.Text, key.Position))
            {
                throw Invalid(key.Position, $"the key '{key.Text}' appears a second time; the first is at {seen[key.Text]}");
            }

            var value = ReadNode(depth + 1);
            height = Math.Max(height, value.Height);
            if (key is { Text: MergeKey, IsPlain: true })
            {
                merged.Add(value.Node);
            }
            else
            {
                entries.Add(new YamlEntry(key, value.Node));
            }
        }

        entries.AddRange(MergedEntries(merged, seen));
        return (new YamlMapping([.. entries], position), height + 1);
    }

    private YamlScalar ReadKey(int depth)
    {
        var position = PositionOf(parser.Current!.Start);
        return ReadNode(depth).Node as YamlScalar ?? throw Invalid(position, "a key must be a single value, not a list or a mapping");
    }

    // "<<: *defaults" gives the keys of another mapping that this one does not set itself: LiteLLM's own loader knows it.
    private IEnumerable<YamlEntry> MergedEntries(List<YamlNode> merged, Dictionary<string, TextPosition> seen)
    {
        foreach (var node in merged.SelectMany(node => node is YamlSequence list ? [.. list.Items] : ImmutableArray.Create(node)))
        {
            if (node is not YamlMapping mapping)
            {
                throw Invalid(node.Position, "the merge key << takes a mapping or a list of mappings");
            }

            foreach (var entry in mapping.Entries.Where(entry => seen.TryAdd(entry.Key.Text, entry.Key.Position)))
            {
                yield return entry;
            }
        }
    }

    private void Count(int nodes, TextPosition position)
    {
        _nodes += nodes;
        if (_nodes > bounds.Nodes)
        {
            throw Invalid(position, $"the text has more than {bounds.Nodes} values, aliases counted in full");
        }
    }

    private void RefuseDepth(int depth, TextPosition position)
    {
        if (depth > bounds.Depth)
        {
            throw Invalid(position, $"values are nested more than {bounds.Depth} levels deep");
        }
    }

    private HxException UnknownTag(TagName tag, TextPosition position) =>
        Invalid(position, $"the tag {(tag.IsNonSpecific ? "!" : tag.Value)} is not supported here");

    private HxException Invalid(TextPosition position, string what) => YamlDotNetReader.Invalid(source, position, what);

    /// <summary>A built node, and what an alias to it costs.</summary>
    private readonly record struct Anchored(YamlNode Node, int Height, int Nodes);
}
