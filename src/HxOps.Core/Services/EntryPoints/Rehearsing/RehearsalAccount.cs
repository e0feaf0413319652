using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Services.Embedded;
using HxOps.Services.Units;
using HxOps.Tools;

namespace HxOps.Services.EntryPoints.Rehearsing;

/// <summary>
/// As whom a unit's program runs in a rehearsal. It is the machine's own program in the machine's own folders, kept by the service's account:
/// run as root there, whoever may write the program would be root when an operator rehearses.
/// </summary>
internal sealed class RehearsalAccount
{
    private RehearsalAccount(AccountRule rule, string name, string obstacle)
    {
        Rule = rule;
        Name = name;
        Obstacle = obstacle;
    }

    /// <summary>What the sandbox's supervisor is told.</summary>
    internal AccountRule Rule { get; }

    /// <summary>The account that is taken on; empty when the caller runs the program.</summary>
    internal string Name { get; }

    /// <summary>Why the program must not run at all; empty when it may.</summary>
    internal string Obstacle { get; }

    /// <summary>That of a unit of a deployment.</summary>
    internal static RehearsalAccount Of(HostRoot root, ServiceSettings settings)
    {
        if (!Environment.IsPrivilegedProcess || HostEntry.To(root) is null)
            return new RehearsalAccount(AccountRule.OnTheMachine, "", "");

        if (!root.IsMachine)
            return new RehearsalAccount(AccountRule.OnTheMachine, "", $"it is a program of another machine, {root.Folder}");

        if ((settings.User ?? settings.Group) is not { } name)
            return new RehearsalAccount(AccountRule.OnTheMachine, "", "");

        var accounts = new HostAccounts(root);
        var isKnown = (settings.User is null || accounts.User(settings.User) is not null) && ((settings.Group ?? settings.User) is not { } group || accounts.GroupId(group) is not null);
        return isKnown ? new RehearsalAccount(AccountRule.Always, name, "") : new RehearsalAccount(AccountRule.OnTheMachine, "", $"its account {name} does not exist");
    }
}
