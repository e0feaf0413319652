namespace HxOps.Services.Units;

/// <summary>Where a line of a unit stands.</summary>
/// <param name="File">Host path of the file.</param>
/// <param name="Line">Line number, from one; the first line of a continued one.</param>
public sealed record UnitOrigin(string File, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}";
}
