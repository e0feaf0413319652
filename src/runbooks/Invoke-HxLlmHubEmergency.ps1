<#
.SYNOPSIS
Turns the LLM Hub off and brings the old pages back, with evidence before and a report after.

.DESCRIPTION
The order for an emergency: save evidence, carry out the plan's emergency scenario, write the incident report, and show
the texts to send out. It asks unless -Confirm:$false is given. Evidence that cannot be had keeps nobody waiting, and the
report is written whichever way the rollback ended. Ends with the exit codes of hxops: 0 done and seen, 1 failed, 2 usage
or bad file, 3 not found, 4 done and not seen, 5 refused, 10 locked, 20 taken back, 21 to be mended by hand.

.PARAMETER Plan
The plan: its file, or the name of a shipped one.

.PARAMETER Scenario
One of the plan's scenarios.

.PARAMETER Value
Values to set over those of the plan, such as the site's address.

.PARAMETER ReportFolder
Where the incident report goes. Default: the folder of the run.

.PARAMETER Deployment
The deployment file, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment and the plan name.

.EXAMPLE
./Invoke-HxLlmHubEmergency.ps1 -WhatIf

.EXAMPLE
./Invoke-HxLlmHubEmergency.ps1 -Value @{ site = 'https://hub.example.com' } -Confirm:$false
#>
#Requires -Version 7.6
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Plan = 'llm-hub',
    [string] $Scenario = 'emergency',
    [hashtable] $Value = @{},
    [string] $ReportFolder,
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
$report = $ReportFolder ? @{ ReportFolder = $ReportFolder } : @{}

try {
    $evidence = Save-HxEvidence $Plan -Value $Value @target -Note "before $Plan/$Scenario" -Confirm:$false -ErrorAction Continue
    if ($evidence) { "--> evidence: $($evidence.Folder)" }

    # A rollback that did not end well is a result first and an error second: the error is written, the script goes on with the result.
    Invoke-HxRollback $Plan $Scenario -Value $Value @target -OutVariable run -ErrorAction Continue | ForEach-Object Describe
    if ($run.Count -eq 0) { exit ($WhatIfPreference ? 0 : 5) }

    $written = $run[0] | Export-HxIncidentReport @report @target -Confirm:$false -ErrorAction Continue
    if ($written) { "--> report: $($written.Html)" }
    foreach ($text in Get-ChildItem $run[0].Folder -Filter 'announcement-*.md') {
        "--> $($text.BaseName)"
        Get-Content $text.FullName
    }

    exit [int]$run[0].ExitCode
}
catch {
    Write-Error $_ -ErrorAction Continue
    exit ($_.Exception -is [HxOps.Errors.HxException] ? [int]$_.Exception.Id.ExitCode : 1)
}
