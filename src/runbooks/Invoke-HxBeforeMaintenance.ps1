<#
.SYNOPSIS
Takes a checkpoint before maintenance, proves it and lists what there is.

.DESCRIPTION
The first thing to do before a major change. Says how the new checkpoint's verification went and writes all
checkpoints, newest first. Ends with the exit codes of hxops: 0 done, 1 failed, 2 usage or bad file,
3 not found, 4 verification failed, 10 locked.

.PARAMETER Note
Kept with the checkpoint.

.PARAMETER Deployment
The deployment file, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment names.

.PARAMETER Drill
Also extracts the checkpoint to a scratch folder and validates the configuration in it.

.EXAMPLE
./Invoke-HxBeforeMaintenance.ps1 -Note 'before the LiteLLM update'

.EXAMPLE
./Invoke-HxBeforeMaintenance.ps1 -Drill -WhatIf
#>
#Requires -Version 7.6
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Note = 'before maintenance',
    [string] $Deployment,
    [string] $Root,
    [switch] $Drill
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$manifest = Join-Path $PSScriptRoot '../../HxOps.psd1'
Import-Module ((Test-Path $manifest) ? $manifest : 'HxOps') -Verbose:$false

$target = @{}
if ($Deployment) { $target.Deployment = $Deployment }
if ($Root) { $target.Root = $Root }

try {
    $checkpoint = New-HxCheckpoint @target -Note $Note
    if (-not $checkpoint) { exit 0 }

    $proof = $checkpoint | Test-HxCheckpoint @target -Drill:$Drill
    $proof.Describe()
    Get-HxCheckpoint @target
    exit ($proof.Passed ? 0 : 4)
}
catch {
    Write-Error $_ -ErrorAction Continue
    exit ($_.Exception -is [HxOps.Errors.HxException] ? [int]$_.Exception.Id.ExitCode : 1)
}
