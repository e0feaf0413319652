using System.Management.Automation;

namespace HxOps.Pipeline;

/// <summary>Takes addresses that can be asked: whole ones, of http or https. PowerShell makes an address of any text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateAddressAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not Uri { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0 })
            throw new ValidationMetadataException($"'{arguments}' is no address: write one that begins with http:// or https://.");
    }
}
