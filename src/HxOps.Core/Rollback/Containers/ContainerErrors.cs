using HxOps.Errors;

namespace HxOps.Rollback.Containers;

/// <summary>Failures of working on containers and images.</summary>
public static class ContainerErrors
{
    /// <summary>An image to roll back to is not here, or was not recorded.</summary>
    public static readonly ErrorId ImageNotSecured = new("ImageNotSecured", ExitCode.Refused,
        "Nothing was removed. Let a step of the plan pull or record the images to roll back to before any is removed.");

    /// <summary>An image to roll back to went with what was removed.</summary>
    public static readonly ErrorId ImageLost = new("ImageLost", ExitCode.Inconsistent,
        "Get the named image again, by its digest where it has one, before anything is rolled back to it.");

    /// <summary>An image is neither here nor given by its registry.</summary>
    public static readonly ErrorId ImageNotFound = new("ImageNotFound", ExitCode.NotFound,
        "Check the reference and the registry; nothing was removed.");

    /// <summary>An image of a compose file cannot be given another tag there.</summary>
    public static readonly ErrorId ComposeFileUnfit = new("ComposeFileUnfit", ExitCode.Refused,
        "Write the image as name:tag in the compose file, or change by hand what it is made of.");
}
