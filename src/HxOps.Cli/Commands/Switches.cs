using System.CommandLine;

namespace HxOps.Cli.Commands;

/// <summary>Options that several verbs take and that mean the same everywhere.</summary>
internal static class Switches
{
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Agree beforehand; without it the command asks, or refuses when nobody can be asked." };

    public static Option<bool> WhatIf() => new("--what-if") { Description = "Print what would be done, and change nothing." };

    public static Option<TimeSpan?> Wait(string description) => new("--wait") { HelpName = "SPAN", Description = description, CustomParser = SpanArgument.ParseWait };

    public static Option<string?> Note() => new("--note") { Description = "A note kept with the checkpoint.", HelpName = "TEXT" };

    public static Option<bool> Of(string name, string description) => new(name) { Description = description };
}
