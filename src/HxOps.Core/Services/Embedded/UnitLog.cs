using System.Globalization;
using System.Text;
using HxOps.Files;

namespace HxOps.Services.Embedded;

/// <summary>
/// The log of a unit: what its processes print, line by line as they print it, in <c>/var/log/hxops</c> below a root. The supervisor is
/// not there while a service runs, so the lines carry no time; it writes lines of its own with the time at each start and stop, and a
/// printed line is dated by the last of those before it.
/// </summary>
internal sealed class UnitLog(HostRoot root, string unit)
{
    private const string Folder = "/var/log/hxops";
    internal const string Prefix = "[hxops ";
    internal const string Stamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Local path of the file.</summary>
    internal string LocalPath { get; } = $"{root.Locate(Folder)}/{unit}.log";

    /// <summary>Appends a line of the supervisor's own; makes the file with mode 600 where there is none.</summary>
    /// <exception cref="Errors.HxException">The file cannot be written.</exception>
    internal void Note(DateTimeOffset time, string text)
    {
        try
        {
            Directory.CreateDirectory(root.Locate(Folder), OwnerFolder);
            using var file = new FileStream(LocalPath, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, UnixCreateMode = OwnerFile,
            });
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes($"{Prefix}{time.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}] {text}\n"));
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            throw FileFailure.Translate(error, LocalPath, "write");
        }
    }
}
