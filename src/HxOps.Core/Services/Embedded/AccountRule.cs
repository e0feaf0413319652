namespace HxOps.Services.Embedded;

/// <summary>Whether a unit's processes take on the account that its <c>User=</c> and <c>Group=</c> name.</summary>
internal enum AccountRule
{
    /// <summary>On the machine itself; below a root, whoever starts the unit runs it, for what lies there is theirs.</summary>
    OnTheMachine,

    /// <summary>Below a root as well: what lies there leads to programs and files of the machine.</summary>
    Always,
}
