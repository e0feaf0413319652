using System.CommandLine;

namespace HxOps.Cli.Demo;

/// <summary>The practice deployment: <c>hxops demo</c>, <c>demo new DIR</c> and <c>demo end DIR</c>.</summary>
internal static class DemoCommands
{
    public static Command Create(CommandHost host) => new("demo", "Run the main job in a throw-away root.") { Hidden = host is null };
}
