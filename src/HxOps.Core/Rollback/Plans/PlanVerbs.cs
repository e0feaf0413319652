namespace HxOps.Rollback.Plans;

/// <summary>What can be done to a unit.</summary>
public enum ServiceVerb
{
    /// <summary>Start it.</summary>
    Start,

    /// <summary>Stop it.</summary>
    Stop,

    /// <summary>Stop it and start it.</summary>
    Restart,
}

/// <summary>What can be done to a compose project.</summary>
public enum ComposeVerb
{
    /// <summary>Create what is missing and start it.</summary>
    Up,

    /// <summary>Make new containers, so that they get the present environment; a restart keeps the old one.</summary>
    Recreate,

    /// <summary>Stop and remove.</summary>
    Down,

    /// <summary>Stop.</summary>
    Stop,

    /// <summary>Build images.</summary>
    Build,

    /// <summary>Write an image tag into the compose file.</summary>
    Tag,
}

/// <summary>What can be done to images.</summary>
public enum ImageVerb
{
    /// <summary>Pull them and record their digests.</summary>
    Pull,

    /// <summary>Remove them.</summary>
    Remove,
}

/// <summary>How a dump is proven.</summary>
public enum DumpCheck
{
    /// <summary>It is read from its first to its last byte.</summary>
    Read,

    /// <summary>Besides, it is restored into a scratch database and the rows of every table are counted.</summary>
    Restore,
}

/// <summary>Plan values in words.</summary>
internal static class Words
{
    public static string Of(SwitchPosition position) => position == SwitchPosition.On ? "on" : "off";
}
