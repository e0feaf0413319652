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

    /// <summary>Restart; one that has kept an environment of yesterday is made anew.</summary>
    Restart,

    /// <summary>Stop and remove.</summary>
    Down,

    /// <summary>Stop.</summary>
    Stop,

    /// <summary>Build images.</summary>
    Build,

    /// <summary>Write an image tag into the compose file.</summary>
    Tag,

    /// <summary>List the containers.</summary>
    List,

    /// <summary>Read what they have logged.</summary>
    Logs,
}

/// <summary>What can be done to images.</summary>
public enum ImageVerb
{
    /// <summary>See that they are here and note their ids and digests: the images to roll back to.</summary>
    Record,

    /// <summary>Pull them, and record them; one that no registry gives and that is here is kept.</summary>
    Pull,

    /// <summary>Remove them, once all images to roll back to have been recorded and are here.</summary>
    Remove,

    /// <summary>Remove every other image that no container uses, once these have been recorded and are here. Volumes with names stay.</summary>
    Prune,
}

/// <summary>What can be done to a work tree.</summary>
public enum GitVerb
{
    /// <summary>Put it at a version.</summary>
    CheckOut,

    /// <summary>Get the version, and see that nothing keeps the tree from being put there; its files stay.</summary>
    Verify,
}

/// <summary>How services must stand.</summary>
public enum ServiceStanding
{
    /// <summary>Running, and healthy where they have a health check.</summary>
    Healthy,

    /// <summary>Not running, or not there at all.</summary>
    Stopped,
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
