<#
.SYNOPSIS
Takes the weekly checkpoint, drills it and removes what retention no longer keeps.

.DESCRIPTION
For a timer; the units beside this file show one. Says how the drill went and writes what was removed. Nothing is removed unless the new checkpoint has passed
its drill. Ends with the exit codes of hxops: 0 done, 1 failed, 2 usage or bad file, 4 verification failed,
10 locked.

.PARAMETER Keep
How many checkpoints of each kind stay. Default: what the deployment says.

.PARAMETER Deployment
The deployment file, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment names.

.EXAMPLE
./Invoke-HxWeeklyCheckpoint.ps1

.EXAMPLE
./Invoke-HxWeeklyCheckpoint.ps1 -Keep 8 -WhatIf
#>
#Requires -Version 7.6
[CmdletBinding(SupportsShouldProcess)]
param(
    [ValidateRange(1, 1000)]
    [int] $Keep,
    [string] $Deployment,
    [string] $Root
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$manifest = Join-Path $PSScriptRoot '../../HxOps.psd1'
Import-Module ((Test-Path $manifest) ? $manifest : 'HxOps') -Verbose:$false

$target = @{}
if ($Deployment) { $target.Deployment = $Deployment }
if ($Root) { $target.Root = $Root }
$rules = $Keep ? @{ Keep = $Keep } : @{}

try {
    $checkpoint = New-HxCheckpoint @target -Note 'weekly'
    if ($checkpoint) {
        $proof = $checkpoint | Test-HxCheckpoint @target -Drill
        $proof.Describe()
        if (-not $proof.Passed) { exit 4 }
    }

    Remove-HxCheckpoint @target @rules -Confirm:$false
    exit 0
}
catch {
    Write-Error $_ -ErrorAction Continue
    exit ($_.Exception -is [HxOps.Errors.HxException] ? [int]$_.Exception.Id.ExitCode : 1)
}
