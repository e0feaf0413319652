using HxOps.Formats.Shapes;

namespace HxOps.Deployments.Reading;

/// <summary>The kinds of words that several parts of a deployment file share.</summary>
internal static class Words
{
    private const string Name = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /// <summary>A name that other parts of the file, or the user on a command line, refer to.</summary>
    public static TextShape Identifier { get; } = new("a name of letters, digits, '.', '_' and '-'", Name);

    /// <summary>A user or group.</summary>
    public static TextShape Account { get; } = new("the name of a user or group", "[A-Za-z_][A-Za-z0-9_.-]{0,31}");

    /// <summary>A full unit name.</summary>
    public static TextShape Unit { get; } = new(
        "a full unit name such as x.service",
        @"[A-Za-z0-9:_.@\\-]{1,240}\.(?:service|timer|socket|target|path|mount|slice)");

    /// <summary>An environment variable.</summary>
    public static TextShape Variable { get; } = new("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]{0,127}");

    /// <summary>The beginning of a file name.</summary>
    public static TextShape FilePrefix { get; } = new("the beginning of a file name", Name);

    /// <summary>Folders within an archive.</summary>
    public static TextShape ArchiveFolder { get; } = new(
        "a folder within the archive such as scripts/tests",
        "[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,7}");

    /// <summary>A TCP port.</summary>
    public static IntegerShape Port { get; } = new(1, 65535);

    /// <summary>A time that something may take.</summary>
    public static DurationShape Duration { get; } = new(TimeSpan.FromMinutes(10));
}
