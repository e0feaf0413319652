using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Services.EntryPoints;
using HxOps.Services.EntryPoints.History;

namespace HxOps.Commands;

/// <summary>Get-HxEntryPoint: what the gateway's unit runs and has run.</summary>
[Cmdlet(VerbsCommon.Get, "HxEntryPoint")]
[OutputType(typeof(EntryPoint))]
public sealed class GetHxEntryPointCommand : HxSubjectCommand
{
    /// <summary>Ids of entry points, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EntryPointCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var known = Run((events, stop) => new EntryPointHistory(context).ListAsync(events, stop));
        ForEach(Id, name => WriteAll(context, Names.Choose(known, entryPoint => entryPoint.Id, name, EntryPointErrors.NotFound, "entry point")));
    }
}
