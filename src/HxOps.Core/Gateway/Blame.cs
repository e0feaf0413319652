namespace HxOps.Gateway;

/// <summary>Who may be at fault for a bad answer.</summary>
internal enum Blame
{
    /// <summary>Whoever was asked.</summary>
    Own,

    /// <summary>Perhaps the layer behind whoever was asked, which only passed it on.</summary>
    Unclear,

    /// <summary>The upstream, seen to be down.</summary>
    Upstream,
}
