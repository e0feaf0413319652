using System.Text.Json;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Services.Embedded;

/// <summary>Keeps units' states in <c>/run/hxops/units</c> below a root, one file each, and lets one process at a time change a unit.</summary>
internal sealed class UnitStateStore(HostRoot root, TimeProvider clock)
{
    private const string Folder = "/run/hxops/units";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>The last known state, or null when there is none that can be read.</summary>
    internal UnitState? Read(string unit)
    {
        try
        {
            using var file = File.OpenRead(PathOf(unit));
            return file.Length <= MostBytes ? JsonSerializer.Deserialize(file, UnitStateJson.Default.UnitState) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // A file that is not one of ours tells nothing; the next start writes it anew.
            return null;
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            throw Refused(error);
        }
    }

    internal void Write(UnitState state) =>
        DurableFile.WriteAllText(PathOf(state.Unit), JsonSerializer.Serialize(state, UnitStateJson.Default.UnitState), OwnerFile);

    /// <summary>Makes the folder where there is none; only a start needs it.</summary>
    internal void EnsureFolder()
    {
        try
        {
            Directory.CreateDirectory(root.Locate(Folder), OwnerFolder);
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            throw Refused(error);
        }
    }

    /// <summary>Waits until no other process changes the unit.</summary>
    /// <returns>The lease; disposing it lets the next one in. A killed holder's lease is gone with it.</returns>
    internal async Task<IDisposable> AcquireAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        var path = Path.ChangeExtension(PathOf(unit), ".lock");
        var begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnerFile,
                });
            }
            catch (IOException) when (clock.GetElapsedTime(begun) < limit && Directory.Exists(root.Locate(Folder)))
            {
                await Task.Delay(Poll, clock, cancellation);
            }
            catch (Exception error) when (FileFailure.IsOne(error))
            {
                throw Refused(error);
            }
        }
    }

    private string PathOf(string unit) => $"{root.Locate(Folder)}/{unit}.json";

    private HxException Refused(Exception cause) => FileFailure.Translate(cause, root.Locate(Folder), "use");
}
