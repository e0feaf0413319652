using System.Globalization;

namespace HxOps.Tools.Processes;

/// <summary>What the kernel says about a process in <c>/proc/PID/stat</c>.</summary>
/// <param name="Id">Process id.</param>
/// <param name="State">The kernel's letter; <c>Z</c> and <c>X</c> have ended.</param>
/// <param name="ParentId">Its parent, 0 for none.</param>
/// <param name="GroupId">Process group.</param>
/// <param name="SessionId">Session.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot: with the id and the boot it is unique.</param>
public sealed record ProcessStatus(int Id, char State, int ParentId, int GroupId, int SessionId, long StartTicks)
{
    private const int MostGenerations = 64;

    /// <summary>Whether it runs; a zombie does not.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    /// <summary>The present state of a process, or null when there is none by that id.</summary>
    public static ProcessStatus? Read(int processId) => Read(ProcessFolder.Own, processId);

    /// <summary>The same on the machine whose processes are in <paramref name="folder"/>.</summary>
    internal static ProcessStatus? Read(string folder, int processId)
    {
        try
        {
            return Parse(processId, File.ReadAllText($"{folder}/{processId.ToString(CultureInfo.InvariantCulture)}/stat"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a process is another one or a descendant of it.</summary>
    public static bool IsOfFamily(int processId, int ancestorId) => IsOfFamily(ProcessFolder.Own, processId, ancestorId);

    /// <summary>The same on the machine whose processes are in <paramref name="folder"/>.</summary>
    internal static bool IsOfFamily(string folder, int processId, int ancestorId)
    {
        var generations = 0;
        for (var id = processId; id > 0 && generations < MostGenerations; id = Read(folder, id)?.ParentId ?? 0, generations++)
        {
            if (id == ancestorId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every process that can be seen.</summary>
    public static IEnumerable<ProcessStatus> ReadAll() => ReadAll(ProcessFolder.Own);

    /// <summary>Every process of the machine whose processes are in <paramref name="folder"/>.</summary>
    internal static IEnumerable<ProcessStatus> ReadAll(string folder)
    {
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(folder, id) is { } status)
            {
                yield return status;
            }
        }
    }

    private static ProcessStatus? Parse(int processId, string text)
    {
        // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 20
            ? null
            : new ProcessStatus(processId, fields[0][0], Number(fields[1]), Number(fields[2]), Number(fields[3]),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
}
