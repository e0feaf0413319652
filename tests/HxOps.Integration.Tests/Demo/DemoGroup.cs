using Xunit;

namespace HxOps.Integration.Tests.Demo;

/// <summary>Tests that start many processes, one after the other: side by side they would only wait for each other.</summary>
[CollectionDefinition(Name)]
public sealed class DemoGroup
{
    public const string Name = "Demo";
}
