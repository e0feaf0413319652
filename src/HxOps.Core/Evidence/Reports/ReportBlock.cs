using System.Collections.Immutable;

namespace HxOps.Evidence.Reports;

/// <summary>A part of a report, written as Markdown and as HTML alike. Its texts are plain: whoever writes them escapes them.</summary>
internal abstract record ReportBlock;

/// <summary>A heading.</summary>
/// <param name="Level">1 to 3.</param>
/// <param name="Text">The heading.</param>
internal sealed record Heading(int Level, string Text) : ReportBlock;

/// <summary>A paragraph.</summary>
internal sealed record Paragraph(string Text) : ReportBlock;

/// <summary>Something that a person has to write.</summary>
/// <param name="What">What is to be written.</param>
internal sealed record ToWrite(string What) : ReportBlock;

/// <summary>A text as it is sent out, its line ends kept.</summary>
internal sealed record Verbatim(string Text) : ReportBlock;

/// <summary>Items below each other.</summary>
internal sealed record Bullets(ImmutableArray<ReportItem> Items) : ReportBlock;

/// <summary>Rows of cells below headings.</summary>
internal sealed record ReportTable(ImmutableArray<string> Headings, ImmutableArray<ImmutableArray<ReportItem>> Rows) : ReportBlock;

/// <summary>The timeline as a picture; only in HTML.</summary>
internal sealed record TimelinePicture(ImmutableArray<TimelineBar> Bars, TimeSpan Length) : ReportBlock;

/// <summary>A text, perhaps with a mark before it or an address behind it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Link">A relative address, already escaped as one; null for none.</param>
/// <param name="Tick">Whether a box before it is ticked; null for no box.</param>
internal sealed record ReportItem(string Text, string? Link = null, bool? Tick = null)
{
    public static implicit operator ReportItem(string text) => new(text);
}

/// <summary>A step in the picture.</summary>
/// <param name="Name">The step.</param>
/// <param name="Begin">From the run's begin to the step's.</param>
/// <param name="Length">How long it took.</param>
/// <param name="Kind">How it went: <c>good</c>, <c>bad</c>, <c>back</c>.</param>
internal sealed record TimelineBar(string Name, TimeSpan Begin, TimeSpan Length, string Kind);
