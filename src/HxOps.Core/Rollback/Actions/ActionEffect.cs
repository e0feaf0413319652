namespace HxOps.Rollback.Actions;

/// <summary>What an action leaves behind that taking a run back has to deal with.</summary>
internal enum ActionEffect
{
    /// <summary>Nothing: it looks, asks, waits, or adds to what is kept about the run.</summary>
    None,

    /// <summary>Something that the action itself puts back.</summary>
    Reversible,

    /// <summary>Something that only the plan knows how to take back.</summary>
    Lasting,

    /// <summary>Something that is gone for good once it has happened: what was done before it must stay as well.</summary>
    Final,
}
