using System.Collections.Immutable;

namespace HxOps.Help;

/// <summary>A heading of a document with what stands below it.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Line">The heading's line, from one.</param>
/// <param name="Blocks">What stands below it, before the next heading of any level.</param>
/// <param name="Children">Headings one level deeper.</param>
public sealed record Section(string Title, int Line, ImmutableArray<Block> Blocks, ImmutableArray<Section> Children)
{
    /// <summary>The child of that title, or null.</summary>
    public Section? Child(string title) => Children.FirstOrDefault(child => child.Title.Equals(title, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text below the heading, a paragraph each.</summary>
    public IEnumerable<string> Paragraphs => Blocks.OfType<Paragraph>().Select(paragraph => paragraph.Text);
}

/// <summary>A block of a document.</summary>
public abstract record Block;

/// <summary>Running text on one line, its marks taken out.</summary>
/// <param name="Text">The text.</param>
public sealed record Paragraph(string Text) : Block;

/// <summary>An item of a list.</summary>
/// <param name="Text">The text.</param>
public sealed record ListItem(string Text) : Block;

/// <summary>Code between fences.</summary>
/// <param name="Text">The code.</param>
/// <param name="Info">The words behind the opening fence, such as <c>powershell norun</c>.</param>
public sealed record Code(string Text, string Info) : Block;
