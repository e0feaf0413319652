<#
.SYNOPSIS
Takes and proves a checkpoint on every host of a fleet: the canary first, then in batches, with a gate between them.

.DESCRIPTION
Works over pwsh remoting by ssh; each host has pwsh with the subsystem powershell, and HxOps. On each host what an
interrupted restore left is brought to an end, a checkpoint is taken unless the newest one has the state of the host,
it is proven, and the gateway is tested. After a host that failed no further batch begins. Writes one summary for each
host and one for the fleet. A host that vanishes is Inconclusive; run the same again, and what is done is not done
twice. Ends with the exit codes of hxops; 21 when a host vanished.

.PARAMETER HostName
The hosts, as ssh takes them. The first ones are the canaries.

.PARAMETER Canary
How many hosts go first, by themselves.

.PARAMETER BatchSize
How many hosts go at once after the canaries.

.PARAMETER Note
Kept with each checkpoint.

.PARAMETER Wait
How long a gateway may take to be healthy: seconds, or a span such as 2m.

.PARAMETER Deployment
The deployment file on the hosts, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment names.

.EXAMPLE
./Invoke-HxFleetCheckpoint.ps1 -HostName gw1, gw2, gw3 -Note 'before the LiteLLM update'

.EXAMPLE
./Invoke-HxFleetCheckpoint.ps1 -HostName (Get-Content hosts.txt) -Canary 2 -BatchSize 10 -WhatIf
#>
#Requires -Version 7.6
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [ValidateNotNullOrEmpty()]
    [string[]] $HostName,
    [ValidateRange(0, 1000)]
    [int] $Canary = 1,
    [ValidateRange(1, 1000)]
    [int] $BatchSize = 4,
    [string] $Note = 'fleet',
    [ValidatePattern('^(\d{1,5}s?|\d{1,4}m|\d{1,2}h)$', ErrorMessage = "'{0}' is no time to wait: write seconds, or a span such as 2m.")]
    [string] $Wait = '30',
    [string] $Deployment,
    [string] $Root
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$manifest = Join-Path $PSScriptRoot '../../HxOps.psd1'
Import-Module ((Test-Path $manifest) ? $manifest : 'HxOps') -Verbose:$false
Import-Module (Join-Path $PSScriptRoot 'HxFleet.psm1') -Verbose:$false
$started = [DateTime]::UtcNow

$target = @{}
if ($Deployment) { $target.Deployment = $Deployment }
if ($Root) { $target.Root = $Root }

$step = {
    param([hashtable] $Target, [string] $Note, [string] $Wait, [bool] $WhatIf)
    if ($WhatIf) { New-HxCheckpoint @Target -Note $Note -WhatIf; return }
    $null = Repair-HxRestore @Target -Confirm:$false
    $newest = Get-HxCheckpoint @Target -Kind Checkpoint | Where-Object { -not $_.Problem } | Select-Object -First 1
    $isNew = -not $newest -or @(($newest | Compare-HxCheckpoint @Target).Differences).Count -gt 0
    if ($isNew) { $newest = New-HxCheckpoint @Target -Note $Note }
    $null = $newest | Test-HxCheckpoint @Target
    [pscustomobject]@{ Checkpoint = $newest.Id; IsNew = $isNew; Gate = [string] (Test-HxGateway @Target -Wait $Wait).Verdict }
}

$summary = @($HostName | Select-Object -Unique | ForEach-Object { New-HxFleetHost $_ })
foreach ($wave in Get-HxFleetWave $HostName $Canary $BatchSize) {
    $hosts = @($summary | Where-Object Id -In $wave)
    $parameters = @{ Target = $target; Note = $Note; Wait = $Wait; WhatIf = [bool] $WhatIfPreference }
    foreach ($record in Invoke-HxFleetStep $hosts $step $parameters) {
        $one = $hosts | Where-Object Id -EQ $record.PSComputerName
        $one.Checkpoint = $record.Checkpoint
        $one.Gate = $record.Gate
        $one.State = $record.Gate -ne 'Healthy' ? 'Failed' : $record.IsNew ? 'Done' : 'AlreadyThere'
        if ($one.State -eq 'Failed') {
            $one.ErrorId = "Gateway$($record.Gate)"; $one.Reason = "The gateway is $($record.Gate)."; $one.ExitCode = 4
            $one.Remedy = 'Test-HxGateway on the host tells which probe it is.'
        }
    }
    if ($hosts | Where-Object State -In Failed, Inconclusive) { break }
}

if ($WhatIfPreference) {
    # What would be done was told as it came; a host that could not be asked is a finding all the same.
    $unasked = @($summary | Where-Object State -In Failed, Inconclusive)
    $unasked
    exit [int] ($unasked.ExitCode | Measure-Object -Maximum).Maximum
}
$summary
$fleet = New-HxFleetSummary 'checkpoint' $summary $started
$fleet
exit $fleet.ExitCode
