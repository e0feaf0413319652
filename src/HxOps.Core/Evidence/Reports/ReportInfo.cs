namespace HxOps.Evidence.Reports;

/// <summary>A report that was written.</summary>
/// <param name="Id">The run that it is about.</param>
/// <param name="Markdown">Local path of the Markdown file.</param>
/// <param name="Html">Local path of the HTML page.</param>
/// <param name="ToBeWritten">How many places are left for people to write.</param>
public sealed record ReportInfo(string Id, string Markdown, string Html, int ToBeWritten);
