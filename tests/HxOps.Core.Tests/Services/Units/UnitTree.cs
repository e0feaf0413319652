using HxOps.Files;
using HxOps.Services.Units;
using HxOps.TestKit;

namespace HxOps.Core.Tests.Services.Units;

/// <summary>Unit files below a throw-away root.</summary>
internal sealed class UnitTree : IDisposable
{
    private readonly ScratchFolder _folder = new();

    internal HostRoot Root => HostRoot.At(_folder.Path);

    internal UnitLoader Loader => new(Root);

    public void Dispose() => _folder.Dispose();

    internal UnitTree Add(string hostPath, string text)
    {
        var path = Root.Locate(hostPath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    internal UnitTree Link(string hostPath, string target)
    {
        var path = Root.Locate(hostPath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
        return this;
    }
}
