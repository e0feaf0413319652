using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>Tests that share one booted machine; each uses units of its own name.</summary>
[CollectionDefinition(Name)]
public sealed class SystemdGroup : ICollectionFixture<SystemdMachine>
{
    public const string Name = "systemd";
}
