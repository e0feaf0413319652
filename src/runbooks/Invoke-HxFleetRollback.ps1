<#
.SYNOPSIS
Brings every host of a fleet back to a checkpoint: the canary first, then in batches, with a gate between them.

.DESCRIPTION
Works over pwsh remoting by ssh; each host has pwsh with the subsystem powershell, and HxOps. On each host what an
interrupted restore left is brought to an end, the checkpoint is restored as one transaction, and the gateway is tested.
After a host that failed no further batch begins; with -UndoOnFailure the hosts that had succeeded in this run go back to
the state before. Writes one summary for each host and one for the fleet. A host that vanishes is Inconclusive; run the
same again: what was left there is mended, and hosts that are back already stay as they are. Asks once unless
-Confirm:$false is given. Ends with the exit codes of hxops; 20 when all that had succeeded was undone, 21 when a host
vanished.

.PARAMETER HostName
The hosts, as ssh takes them. The first ones are the canaries.

.PARAMETER Checkpoint
Id, file name or path of a checkpoint on the hosts. Default: the newest of each.

.PARAMETER UndoOnFailure
When a host fails or vanishes, takes back what had succeeded on the others.

.PARAMETER Canary
How many hosts go first, by themselves.

.PARAMETER BatchSize
How many hosts go at once after the canaries.

.PARAMETER Wait
How long a gateway may take to be healthy: seconds, or a span such as 2m.

.PARAMETER Deployment
The deployment file on the hosts, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment names.

.EXAMPLE
./Invoke-HxFleetRollback.ps1 -HostName gw1, gw2, gw3 -WhatIf

.EXAMPLE
./Invoke-HxFleetRollback.ps1 -HostName gw1, gw2, gw3 -UndoOnFailure -Confirm:$false
#>
#Requires -Version 7.6
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)]
    [ValidateNotNullOrEmpty()]
    [string[]] $HostName,
    [string] $Checkpoint,
    [switch] $UndoOnFailure,
    [ValidateRange(0, 1000)]
    [int] $Canary = 1,
    [ValidateRange(1, 1000)]
    [int] $BatchSize = 4,
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
$source = $Checkpoint ? @{ Id = $Checkpoint } : @{}

$step = {
    param([hashtable] $Target, [hashtable] $Source, [string] $Wait, [bool] $WhatIf)
    if ($WhatIf) { Restore-HxCheckpoint @Target @Source -WhatIf; return }
    $null = Repair-HxRestore @Target -Confirm:$false
    $result = Restore-HxCheckpoint @Target @Source -Confirm:$false
    [pscustomobject]@{
        Checkpoint = $result.Checkpoint; Restore = $result.Id; Outcome = [string] $result.Outcome
        Gate = [string] (Test-HxGateway @Target -Wait $Wait).Verdict
    }
}
$undo = {
    param([hashtable] $Target, [string] $Restore)
    [pscustomobject]@{ Outcome = [string] (Undo-HxRestore @Target -Id $Restore -Confirm:$false).Outcome }
}

try {
    $agreed = $WhatIfPreference -or $PSCmdlet.ShouldProcess(($HostName -join ', '), "Restore $($Checkpoint ? $Checkpoint : 'the newest checkpoint')")
}
catch {
    Write-Error 'Nobody can be asked here, and -Confirm:$false was not given. Nothing was changed.' -ErrorId NotConfirmed -Category InvalidOperation -ErrorAction Continue
    exit 5
}
if (-not $agreed) { exit 5 }

$summary = @($HostName | Select-Object -Unique | ForEach-Object { New-HxFleetHost $_ })
$hasFailed = $false
foreach ($wave in Get-HxFleetWave $HostName $Canary $BatchSize) {
    $hosts = @($summary | Where-Object Id -In $wave)
    $parameters = @{ Target = $target; Source = $source; Wait = $Wait; WhatIf = [bool] $WhatIfPreference }
    foreach ($record in Invoke-HxFleetStep $hosts $step $parameters) {
        $one = $hosts | Where-Object Id -EQ $record.PSComputerName
        $one.Checkpoint = $record.Checkpoint
        $one.Restore = $record.Restore
        $one.Gate = $record.Gate
        $one.State = $record.Gate -ne 'Healthy' ? 'Failed' : $record.Outcome -eq 'Restored' ? 'Done' : 'AlreadyThere'
        if ($one.State -eq 'Failed') {
            $one.ErrorId = "Gateway$($record.Gate)"; $one.Reason = "The gateway is $($record.Gate)."; $one.ExitCode = 4
            $one.Remedy = 'Test-HxGateway on the host tells which probe it is; Undo-HxRestore brings the state before back.'
        }
    }
    $hasFailed = @($hosts | Where-Object State -In Failed, Inconclusive).Count -gt 0
    if ($hasFailed) { break }
}
if ($WhatIfPreference) {
    # What would be done was told as it came; a host that could not be asked is a finding all the same.
    $unasked = @($summary | Where-Object State -In Failed, Inconclusive)
    $unasked
    exit [int] ($unasked.ExitCode | Measure-Object -Maximum).Maximum
}

if ($hasFailed -and $UndoOnFailure) {
    foreach ($one in $summary | Where-Object State -EQ Done) {
        if (@(Invoke-HxFleetStep @($one) $undo @{ Target = $target; Restore = $one.Restore }).Outcome -contains 'Restored') { $one.State = 'Undone' }
    }
}

$summary
$fleet = New-HxFleetSummary 'rollback' $summary $started
$fleet
exit $fleet.ExitCode
