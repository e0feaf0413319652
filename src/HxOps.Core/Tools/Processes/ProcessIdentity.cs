namespace HxOps.Tools.Processes;

/// <summary>Which process it is, so that another one that later gets the same id is never taken for it.</summary>
/// <param name="Id">Process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot.</param>
/// <param name="BootId">Which boot of the machine.</param>
public sealed record ProcessIdentity(int Id, long StartTicks, string BootId)
{
    private static readonly Lazy<string> PresentBoot = new(ReadBootId);

    /// <summary>The identity of this process.</summary>
    public static ProcessIdentity Own { get; } = Of(Environment.ProcessId) ?? new ProcessIdentity(Environment.ProcessId, 0, "");

    /// <summary>Whether the process still runs.</summary>
    public bool IsAlive => BootId == PresentBoot.Value && ProcessStatus.Read(Id) is { IsAlive: true } status && status.StartTicks == StartTicks;

    /// <summary>Whether it was started since the machine's last boot.</summary>
    public bool IsOfThisBoot => BootId == PresentBoot.Value;

    /// <summary>The identity of the process that has the id at present, or null when there is none.</summary>
    public static ProcessIdentity? Of(int processId) =>
        ProcessStatus.Read(processId) is { } status ? new ProcessIdentity(processId, status.StartTicks, PresentBoot.Value) : null;

    private static string ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
