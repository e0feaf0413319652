using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Services.Units;

/// <summary>Finds a unit's file and drop-ins below a root, in systemd's folders and by its precedence, and merges them.</summary>
public sealed class UnitLoader(HostRoot root)
{
    private const int MostLinks = 16;
    private const int MostBytes = 1 << 20;
    private const string Nothing = "/dev/null";

    /// <summary>Where unit files lie, the strongest first.</summary>
    private static readonly ImmutableArray<string> Folders =
        ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>Loads a unit.</summary>
    /// <param name="unit">Full unit name, such as <c>hx-gateway-ml.service</c>.</param>
    /// <returns>Null when there is no such unit.</returns>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> with file and line.</exception>
    public UnitDefinition? TryLoad(string unit)
    {
        try
        {
            return UnitName.TryParse(unit) is { } name && FindFile(name) is { } file ? Load(name, file) : null;
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            throw FileFailure.Translate(error, unit, "read the files of");
        }
    }

    /// <summary>Loads a unit that must exist.</summary>
    /// <exception cref="HxException">As <see cref="TryLoad"/>, and <see cref="ServiceErrors.UnitNotFound"/>.</exception>
    public UnitDefinition Load(string unit) => TryLoad(unit)
        ?? throw new HxException(ServiceErrors.UnitNotFound, unit, $"There is no unit '{unit}' {Where()}.");

    /// <summary>Names of every unit whose file lies in <c>/etc/systemd/system</c>.</summary>
    public ImmutableArray<string> ListLocal()
    {
        var folder = root.Locate(Folders[0]);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => UnitName.TryParse(name) is not null).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Whether a target wants the unit at boot: an enablement link exists in <c>/etc/systemd/system</c>.</summary>
    public bool IsEnabled(string unit)
    {
        var folder = root.Locate(Folders[0]);
        return Directory.Exists(folder)
            && Directory.EnumerateDirectories(folder)
                .Where(path => path.EndsWith(".wants", StringComparison.Ordinal) || path.EndsWith(".requires", StringComparison.Ordinal))
                .Any(path => new FileInfo(Path.Combine(path, unit)) is { LinkTarget: not null } or { Exists: true });
    }

    private UnitDefinition Load(UnitName name, string file)
    {
        if (IsEmptied(file))
        {
            return new UnitDefinition { Name = name, File = file, IsMasked = true };
        }

        var text = UnitFileParser.Read(Read(file), file);
        if (text.Fault is { } fault)
        {
            throw fault;
        }

        // systemd refuses a unit file for what it cannot read on from; of a drop-in it keeps what stands before.
        var dropIns = FindDropIns(name);
        var texts = dropIns.Select(path => UnitFileParser.Read(Read(path), path)).Prepend(text).ToList();
        return new UnitDefinition
        {
            Name = name,
            File = file,
            DropIns = dropIns,
            Settings = UnitMerger.Merge(texts.SelectMany(each => each.Settings)),
            Remarks = [.. texts.SelectMany(each => each.Remarks), .. texts.Select(each => each.Fault?.Message).OfType<string>()],
        };
    }

    /// <summary>
    /// The settings of a unit as far as its files can be read, for whoever must not miss one because of another. What cannot be read at all
    /// is handed to <paramref name="unread"/> by its host path.
    /// </summary>
    internal ImmutableArray<UnitSetting> Glean(string unit, Action<string> unread)
    {
        if (UnitName.TryParse(unit) is not { } name || FindFile(name) is not { } file)
        {
            return [];
        }

        return UnitMerger.Merge(FindDropIns(name).Prepend(file).SelectMany(path => Settings(path)));

        ImmutableArray<UnitSetting> Settings(string path)
        {
            try
            {
                return UnitFileParser.Read(Read(path), path).Settings;
            }
            catch (Exception error) when (FileFailure.IsOne(error) || error is HxException)
            {
                unread(path);
                return [];
            }
        }
    }

    private string Where() => root.IsMachine ? "on this machine" : $"below '{root.Folder}'";

    private string? FindFile(UnitName name) =>
        new[] { name.Full, name.TemplateFile }
            .OfType<string>()
            .SelectMany(file => Folders.Select(folder => $"{folder}/{file}"))
            .FirstOrDefault(path => Exists(path) || LeadsToNothing(path));

    /// <summary>Drop-ins by name: the same name in a stronger folder replaces a weaker one, and one that is emptied takes it away.</summary>
    private ImmutableArray<string> FindDropIns(UnitName name)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var candidates = DropInFolders(name)
            .Select(root.Locate)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*.conf"));
        foreach (var path in candidates)
        {
            found.TryAdd(Path.GetFileName(path), root.HostPathOf(path));
        }

        return [.. found.Values.Where(path => !IsEmptied(path) && Exists(path))];
    }

    private static IEnumerable<string> DropInFolders(UnitName name)
    {
        var owners = new List<string> { name.Full };
        if (name.TemplateFile is { } template)
        {
            owners.Add(template);
        }

        for (var dash = name.Prefix.LastIndexOf('-'); dash > 0; dash = name.Prefix.LastIndexOf('-', dash - 1))
        {
            owners.Add($"{name.Prefix[..(dash + 1)]}.{name.Type}");
        }

        owners.Add(name.Type);
        return owners.SelectMany(owner => Folders.Select(folder => $"{folder}/{owner}.d"));
    }

    private bool IsEmptied(string hostPath) => LeadsToNothing(hostPath) || new FileInfo(Followed(hostPath)) is { Exists: true, Length: 0 };

    private bool LeadsToNothing(string hostPath) => Followed(hostPath) == root.Locate(Nothing);

    private bool Exists(string hostPath) => File.Exists(Followed(hostPath));

    /// <summary>The local path at the end of links; an absolute link is meant below the root.</summary>
    private string Followed(string hostPath)
    {
        var path = root.Locate(hostPath);
        for (var i = 0; i < MostLinks && new FileInfo(path).LinkTarget is { } target; i++)
        {
            path = target.StartsWith('/') ? root.Locate(target) : Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }

        return path;
    }

    private string Read(string hostPath)
    {
        using var file = new FileStream(Followed(hostPath), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[MostBytes + 1];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count <= MostBytes && !bytes.AsSpan(0, count).Contains((byte)0)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : throw UnitFileParser.Invalid(new UnitOrigin(hostPath, 1), "it is larger than 1 MiB or not a text");
    }
}
