using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.Units;

public sealed class PathGlobTests : IDisposable
{
    private readonly UnitTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("/etc/hx/*.env", "/etc/hx/a.env /etc/hx/b.env")]
    [InlineData("/etc/*/[!a].env", "/etc/hx/b.env")]
    [InlineData("/etc/h?/[ab].e*", "/etc/hx/a.env /etc/hx/b.env")]
    [InlineData("/etc/hx/.*", "/etc/hx/.hidden.env")]
    [InlineData("/none/*.env", "")]
    public void Wildcards_name_files_by_name_and_no_hidden_ones(string pattern, string found)
    {
        _tree.Add("/etc/hx/b.env", "").Add("/etc/hx/a.env", "").Add("/etc/hx/.hidden.env", "").Add("/etc/hx/folder.env/x", "");

        Assert.Equal(found, string.Join(' ', PathGlob.Expand(_tree.Root, pattern).Select(_tree.Root.HostPathOf)));
    }
}
