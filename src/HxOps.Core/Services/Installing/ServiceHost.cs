using System.Collections.Immutable;
using System.Security.Cryptography;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Services.Units;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Services.Installing;

/// <summary>What installing a service asks of a machine besides files: its accounts, and its systemd's opinion of a unit file.</summary>
internal sealed class ServiceHost(HostRoot root)
{
    private const string ScratchFolder = "/run/hxops";
    private const UnixFileMode Readable = (UnixFileMode)0x1A4; // 644
    private readonly HostEntry? _entry = HostEntry.To(root);

    /// <summary>Whether it is a machine, with accounts and owners of its own; a folder is not, and whoever writes there owns what is written.</summary>
    internal bool IsMachine => _entry is not null && (!root.IsMachine || Environment.IsPrivilegedProcess);

    /// <summary>The accounts.</summary>
    internal HostAccounts Accounts { get; } = new(root);

    /// <summary>Makes the account and its group, as far as they are missing.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.AccountFailed"/>.</exception>
    internal async Task MakeAccountAsync(ServiceAccount account, CancellationToken cancellation)
    {
        var useradd = new Useradd(new ProcessRunner(_entry!));
        try
        {
            if (Accounts.GroupId(account.Group) is null)
                await useradd.MakeGroupAsync(account.Group, cancellation);

            if (Accounts.User(account.User) is null)
                await useradd.MakeUserAsync(account, cancellation);
        }
        catch (HxException cause) when (cause.Id == ToolErrors.Failed || cause.Id == ToolErrors.Missing || cause.Id == ToolErrors.TimedOut)
        {
            throw new HxException(ServiceErrors.AccountFailed, account.User,
                $"The account {account.User} could not be made by 'useradd {string.Join(' ', Useradd.Arguments(account))}': {cause.Message}", cause);
        }
    }

    /// <summary>Refuses a unit file that the service manager would not load as it is.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitRefused"/> with everything that speaks against it.</exception>
    internal async Task VerifyAsync(string unit, string text, CancellationToken cancellation)
    {
        // A folder has the embedded supervisor, which reads unit files by these parsers.
        if (_entry is null || !File.Exists(root.Locate("/usr/bin/systemd-analyze")))
        {
            UnitFileParser.Parse(text, unit);
            return;
        }

        var complaints = await AskAsync(unit, text, cancellation);
        if (!complaints.IsEmpty)
        {
            throw new HxException(ServiceErrors.UnitRefused, unit,
                $"systemd would not load {unit} as it is: {string.Join("; ", complaints.Select(complaint => complaint.Text))}");
        }
    }

    private async Task<ImmutableArray<UnitComplaint>> AskAsync(string unit, string text, CancellationToken cancellation)
    {
        // Under its own name, in a folder of its own: systemd judges a unit by its name, too.
        var folder = $"{ScratchFolder}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        FolderSync.Create(root.Locate(folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            DurableFile.WriteAllText(root.Locate($"{folder}/{unit}"), text, Readable);
            return await new SystemdAnalyze(new ProcessRunner(_entry!)).VerifyAsync($"{folder}/{unit}", cancellation);
        }
        finally
        {
            TreeRemover.Remove(root.Locate(folder));
        }
    }
}
