using System.Globalization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Cli.Demo.Practice;

/// <summary>Lays the files of a practice deployment below a folder, and takes them away.</summary>
/// <param name="root">The folder.</param>
internal sealed class PracticeTree(HostRoot root)
{
    private const string Key = "sk-hx-practice-0001";
    private const int Logs = 4;

    /// <summary>Whether the folder holds a practice deployment.</summary>
    public bool IsPractice => !root.IsMachine && File.Exists(root.Locate(PracticePaths.Mark));

    /// <summary>Makes sure that nothing lies there yet, and marks it as practice.</summary>
    /// <exception cref="HxException">PracticeFolderInUse.</exception>
    public void Claim()
    {
        if (root.IsMachine || File.Exists(root.Folder) || (Directory.Exists(root.Folder) && Directory.EnumerateFileSystemEntries(root.Folder).Any()))
            throw new HxException(DemoErrors.FolderInUse, root.IsMachine ? "/" : root.Folder, $"'{root.Locate("/")}' is not an empty folder.");

        Write(new(PracticePaths.Mark, "Made by 'hxops demo'. Remove it with 'hxops demo end'.\n"));
    }

    /// <summary>Lays everything.</summary>
    public void Lay()
    {
        var ports = PracticePorts.Find();
        foreach (var file in new PracticeContent(ports, Key).Files())
            Write(file);

        LayLogs();
        LayLinks();
        Directory.CreateDirectory(root.Locate(PracticePaths.Backups));
        Write(new(PracticePaths.Deployment, new PracticeDescription(ports, Owner(), Key).Write()));
    }

    /// <summary>Removes everything.</summary>
    public void Remove()
    {
        if (!IsPractice)
            throw new HxException(DemoErrors.NotPractice, root.Folder, $"The folder '{root.Folder}' does not hold a practice deployment.");

        Directory.Delete(root.Folder, recursive: true);
    }

    /// <summary>Writes one file and the folders above it.</summary>
    public void Write(PracticeFile file)
    {
        var local = root.Locate(file.HostPath);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.WriteAllText(local, file.Content);
        File.SetUnixFileMode(local, file.Mode);
    }

    private void LayLogs()
    {
        var newest = DateTime.UtcNow.Date.AddHours(6);
        for (var age = Logs - 1; age >= 0; age--)
        {
            var day = newest.AddDays(-age - 1);
            var path = string.Create(CultureInfo.InvariantCulture, $"{PracticePaths.Logs}/gw-smoke-{day:yyyyMMdd'T'HHmmss'Z'}.log");
            Write(new(path, string.Create(CultureInfo.InvariantCulture, $"=== gateway smoke {day:yyyy-MM-dd} ===\nPASS models (16)\nPASS embeddings (1024)\nPASS chat\nALL PASSED\n")));
            File.SetLastWriteTimeUtc(root.Locate(path), day);
        }
    }

    private void LayLinks()
    {
        var wants = root.Locate(PracticePaths.Units + "/multi-user.target.wants");
        Directory.CreateDirectory(wants);
        foreach (var unit in (string[])[PracticePaths.GatewayUnit, PracticePaths.WrapperUnit])
            File.CreateSymbolicLink(Path.Combine(wants, unit), $"{PracticePaths.Units}/{unit}");
    }

    private (string User, string Group) Owner()
    {
        var laid = new MetadataReader(new AccountDirectory()).Read(root.Locate(PracticePaths.Mark));
        return (laid.UserName ?? Environment.UserName, laid.GroupName ?? Environment.UserName);
    }
}
