# Runs one file of Pester tests; exits with zero when at least one ran and none failed.
param([string] $Path)
$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.999
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration
if ($run.PassedCount + $run.FailedCount + $run.SkippedCount -eq 0) { 'No test ran.'; exit 2 }
exit ($run.Result -eq 'Passed' ? 0 : 1)
