namespace HxOps.Services.EntryPoints;

/// <summary>The operator's document on going back to an entry point.</summary>
/// <param name="Id">The task that asks for it, or the unit.</param>
/// <param name="Path">The file it belongs into, a host path; null when the deployment names none.</param>
/// <param name="Source">Id of the entry point.</param>
/// <param name="Status">How far its verification has come.</param>
/// <param name="Text">The section, in Markdown; no secrets.</param>
public sealed record RunbookDocument(string Id, string? Path, string Source, ProcedureStatus Status, string Text);
