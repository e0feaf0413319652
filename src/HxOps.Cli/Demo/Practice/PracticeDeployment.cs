using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Cli.Demo.Practice;

/// <summary>A whole HX API gateway to practise on: real files, real units, real services on loopback, below a folder.</summary>
internal sealed class PracticeDeployment
{
    private readonly PracticeTree _tree;

    private PracticeDeployment(string folder)
    {
        Root = HostRoot.At(folder);
        _tree = new PracticeTree(Root);
        Services = new PracticeServices(Root);
    }

    /// <summary>The folder it lies below.</summary>
    public HostRoot Root { get; }

    /// <summary>Its services.</summary>
    public PracticeServices Services { get; }

    /// <summary>Lays a new one and starts its services. When that fails or is stopped, nothing is left.</summary>
    /// <exception cref="HxException">PracticeFolderInUse, or a service did not start.</exception>
    public static async Task<PracticeDeployment> CreateAsync(string folder, CancellationToken cancellation)
    {
        var practice = new PracticeDeployment(folder);
        practice.Attempt(practice._tree.Claim);
        try
        {
            practice.Attempt(practice._tree.Lay);
            await practice.Services.StartAsync(cancellation);
            return practice;
        }
        catch
        {
            await practice.EndAsync();
            throw;
        }
    }

    /// <summary>Finds one that was made before.</summary>
    /// <exception cref="HxException">NotAPracticeDeployment.</exception>
    public static PracticeDeployment Find(string folder)
    {
        var practice = new PracticeDeployment(folder);
        return practice._tree.IsPractice
            ? practice
            : throw new HxException(DemoErrors.NotPractice, folder, $"The folder '{folder}' does not hold a practice deployment.");
    }

    /// <summary>Writes a file of it, for whoever wants to break something.</summary>
    public void Write(PracticeFile file) => _tree.Write(file);

    /// <summary>Reads a file of it.</summary>
    public string Read(string hostPath) => File.ReadAllText(Root.Locate(hostPath));

    /// <summary>Stops its services and removes the folder.</summary>
    public async Task EndAsync()
    {
        await Services.StopAsync();
        Attempt(_tree.Remove);
    }

    private void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new HxException(CommonErrors.AccessDenied, Root.Folder, $"The folder '{Root.Folder}' may not be changed: {cause.Message}", cause);
        }
        catch (IOException cause)
        {
            throw new HxException(CommonErrors.FileUnusable, Root.Folder, $"The folder '{Root.Folder}' cannot be used: {cause.Message}", cause);
        }
    }
}
