<#
.SYNOPSIS
Restores the newest checkpoint, validates the gateway, and shows the log when it is not healthy.

.DESCRIPTION
The order for a system failure: restore, validate, and if the validation fails, the units' log of the last ten
minutes. When a unit did not start, the log of the last five minutes and the commands to go on by hand are shown.
The restore asks unless -Confirm:$false is given. Ends with the exit codes of hxops: 0 done, 2 usage or bad file,
3 not found, 4 the gateway is not healthy, 5 refused, 10 locked, 20 rolled back to the state before, 21 repair needed.

.PARAMETER Checkpoint
Id, file name or path of a checkpoint. Default: the newest.

.PARAMETER MapOwner
Owners of the checkpoint and the owners of this host to use instead; the key * stands for all others.

.PARAMETER Wait
How long the gateway may take to become healthy: seconds, or a span such as 2m.

.PARAMETER Deployment
The deployment file, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment names.

.EXAMPLE
./Invoke-HxEmergencyRestore.ps1 -WhatIf

.EXAMPLE
./Invoke-HxEmergencyRestore.ps1 -Confirm:$false
#>
#Requires -Version 7.6
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Checkpoint,
    [hashtable] $MapOwner = @{},
    [ValidatePattern('^(\d{1,5}s?|\d{1,4}m|\d{1,2}h)$', ErrorMessage = "'{0}' is no time to wait: write seconds, or a span such as 2m.")]
    [string] $Wait = '30',
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
$source = $Checkpoint ? @{ Id = $Checkpoint } : @{}

function Show-Troubleshooting([string] $Since) {
    "--> log since $Since ago"
    Get-HxGatewayLog @target -Since $Since -ErrorAction Continue | ForEach-Object { '{0:u} {1}: {2}' -f $_.TimeUtc, $_.Unit, $_.Text }
    '--> to go on by hand'
    foreach ($name in (Get-HxDeployment @target).Units) {
        "systemctl status $name; journalctl -u $name --since '5 minutes ago'; systemctl stop $name; systemctl start $name"
    }
}

try {
    # What a killed restore left is ended first, so that the plan is made on what then stands.
    Repair-HxRestore @target -ErrorAction Continue
    # A restore that did not end well is a result first and an error second: the error is written, the script goes on with the result.
    Restore-HxCheckpoint @target @source -MapOwner $MapOwner -OutVariable restored -ErrorAction Continue
    if ($restored.Count -eq 0) { exit ($WhatIfPreference ? 0 : 5) }

    $result = $restored[0]
    $exitCode = [int]$result.ExitCode
    $report = Test-HxGateway @target -Wait ($exitCode -eq 0 ? $Wait : '0')
    $report.Describe()
    if ($exitCode -eq 0 -and $report.Verdict -eq 'Healthy') { exit 0 }

    $unitFailed = $exitCode -ne 0 -and -not $result.Gate -and $result.Steps.Name -contains 'start units'
    Show-Troubleshooting -Since ($unitFailed ? '5m' : '10m')
    exit ($exitCode -ne 0 ? $exitCode : 4)
}
catch {
    Write-Error $_ -ErrorAction Continue
    exit ($_.Exception -is [HxOps.Errors.HxException] ? [int]$_.Exception.Id.ExitCode : 1)
}
