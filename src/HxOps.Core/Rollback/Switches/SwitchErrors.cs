using HxOps.Errors;

namespace HxOps.Rollback.Switches;

/// <summary>Failures of feature flags and kill switches.</summary>
public static class SwitchErrors
{
    /// <summary>Set, and never seen to be so.</summary>
    public static readonly ErrorId NotObserved = new("SwitchNotObserved", ExitCode.VerificationFailed,
        "The service took the order and does not say that it follows. Look at its log; a container may have to be made anew for a new environment.");

    /// <summary>The service refused the order, or did not answer.</summary>
    public static readonly ErrorId Refused = new("SwitchRefused", ExitCode.Failed,
        "Look whether the service runs at the named address and takes the order there. Where it does not answer at all, stop it: the plan's other way.");

    /// <summary>No flag or kill switch is known by that name, or several could be meant.</summary>
    public static readonly ErrorId NotFound = new("SwitchNotFound", ExitCode.NotFound,
        "Name a flag or a kill switch of the plan, choose another plan, or give its address.");

    /// <summary>An address that would not be used, or a switch that is not where the plan has it.</summary>
    public static readonly ErrorId Unclear = new("SwitchUnclear", ExitCode.Usage,
        "Say which switch is meant: -Name with -Url, -Url with -Health, or the plan or the address that the piped one was read by (hxops: FLAG with --url, --url with --health).");
}
