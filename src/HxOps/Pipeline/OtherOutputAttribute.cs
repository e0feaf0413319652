using System.Management.Automation;
using HxOps.Checkpoints;

namespace HxOps.Pipeline;

/// <summary>
/// Takes what commands of HxOps write, besides checkpoints. Anything else is no conversion, upon which PowerShell offers it to the other
/// parameters: a checkpoint to -Checkpoint, a file to -Path.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OtherOutputAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        HxOutput.IsOne(inputData) && HxOutput.RecordOf(inputData) != typeof(CheckpointInfo).FullName
            ? inputData
            : throw new PSInvalidCastException("No command of HxOps wrote this.");
}
