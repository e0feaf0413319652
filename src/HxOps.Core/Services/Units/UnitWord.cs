namespace HxOps.Services.Units;

/// <summary>A word of a unit file's value.</summary>
/// <param name="Text">What it means.</param>
/// <param name="Source">How it is written there: a semicolon in quotes is a word like any other, a bare one parts commands.</param>
internal readonly record struct UnitWord(string Text, string Source);
