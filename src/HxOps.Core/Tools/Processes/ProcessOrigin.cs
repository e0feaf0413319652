using System.Globalization;
using System.Text;

namespace HxOps.Tools.Processes;

/// <summary>To whom a process belongs.</summary>
/// <param name="UserId">The number of the user that it acts as, or null when it has ended.</param>
/// <param name="Unit">The service unit in whose control group it is; empty for none.</param>
/// <param name="IsOfUser">Whether that unit belongs to a user's own manager and not to the machine's.</param>
internal sealed record ProcessOrigin(uint? UserId, string Unit, bool IsOfUser)
{
    private const string Service = ".service";

    /// <summary>What the kernel says about a process.</summary>
    internal static ProcessOrigin Read(ProcessFolder processes, int processId)
    {
        var folder = processes.Of(processId);
        var services = Lines(folder + "/cgroup").Select(Services).FirstOrDefault(path => path.Count > 0) ?? [];
        var unit = services.LastOrDefault() ?? "";
        return new ProcessOrigin(
            Lines(folder + "/status").Where(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Select(EffectiveUser).FirstOrDefault(),
            unit,
            services.Count > 1 && services[0].StartsWith("user@", StringComparison.Ordinal) && services[0] != unit);
    }

    // 0::/user.slice/user-1000.slice/user@1000.service/app.slice/some.service
    private static List<string> Services(string line) =>
        [.. line[(line.LastIndexOf(':') + 1)..].Split('/').Where(part => part.EndsWith(Service, StringComparison.Ordinal))];

    // Uid: real effective saved file-system
    private static uint? EffectiveUser(string line) =>
        line.Split('\t', StringSplitOptions.RemoveEmptyEntries) is [_, _, var effective, ..]
            && uint.TryParse(effective, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended
        }
    }
}
