<#
.SYNOPSIS
Validates the gateway and says so in the words of the checkpoint kit.

.DESCRIPTION
Asks every probe of the deployment and writes the report as lines of text. Ends with exit code 0 when the
verdict is Healthy, 4 when it is not, 2 or 3 when the deployment cannot be used.

.PARAMETER Wait
How long to go on asking until the gateway is healthy: seconds, or a span such as 2m.

.PARAMETER Profile
Free leaves out every probe that makes a model work.

.PARAMETER Deployment
The deployment file, or the name of a shipped one.

.PARAMETER Root
The folder put before every absolute path that the deployment names.

.EXAMPLE
./Test-HxGatewayHealth.ps1 -Wait 30
#>
#Requires -Version 7.6
[CmdletBinding()]
param(
    [ValidatePattern('^(\d{1,5}s?|\d{1,4}m|\d{1,2}h)$', ErrorMessage = "'{0}' is no time to wait: write seconds, or a span such as 2m.")]
    [string] $Wait = '0',
    [ValidateSet('Full', 'Free')]
    [string] $Profile = 'Full',
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

try {
    $report = Test-HxGateway @target -Wait $Wait -Profile $Profile
    $report.Describe()
    exit ($report.Verdict -eq 'Healthy' ? 0 : 4)
}
catch {
    Write-Error $_ -ErrorAction Continue
    exit ($_.Exception -is [HxOps.Errors.HxException] ? [int]$_.Exception.Id.ExitCode : 1)
}
