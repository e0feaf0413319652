namespace HxOps.TestKit;

/// <summary>The program that behaves as told; see the words it knows in tests/HxOps.DummyTool/Program.cs.</summary>
public static class DummyTool
{
    /// <summary>Its path.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "HxOps.DummyTool");
}
