using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>One engine for all tests of containers, one test after the other: the plans name containers, ports and images.</summary>
[CollectionDefinition(Name)]
public sealed class DockerGroup : ICollectionFixture<DockerMachine>
{
    public const string Name = "docker";
}
