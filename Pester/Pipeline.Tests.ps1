# What every cmdlet has from its base class: streams, stopping, progress and errors.

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps

    # A command in a session of its own, so that it can be stopped and its streams be seen.
    function New-Session([string] $Script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$PSScriptRoot/../HxOps.psd1'`n" + $Script)
        $shell
    }
}

Describe 'The pipeline' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $given = "-Root '$($practice.Root)' -Deployment '$($practice.Deployment)'"
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'stops at Ctrl+C, long before the time it was given' {
        $shell = New-Session "Test-HxGateway $given -Probe liveliness -Wait 120"
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $running = $shell.BeginInvoke()
        [Threading.SpinWait]::SpinUntil({ $shell.Streams.Progress.Count -gt 0 }, 60000) | Should -BeTrue
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 90
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }

    It 'shows progress only for what takes more than a second, and takes it away at the end' {
        $shell = New-Session "Test-HxGateway $given -Probe liveliness -Wait 3; Test-HxGateway $given -Probe smoke-log"
        $null = $shell.Invoke()
        $records = @($shell.Streams.Progress | Where-Object Activity -notlike 'Preparing modules*')
        $records | Should -Not -BeNullOrEmpty
        $records.ActivityId | Sort-Object -Unique | Should -HaveCount 1
        $records[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
    }

    It 'leaves nothing or a whole checkpoint, and holds nothing, when a warning is made to stop it' {
        { New-HxCheckpoint @at -WarningAction Stop } | Should -Throw -ErrorId 'ActionPreferenceStop*'
        # The warning may come too late to prevent the archive; then it is whole and has its final name.
        $left = @(Get-ChildItem $practice.Backups -File -Force -ErrorAction Ignore)
        $left.Name | Where-Object { $_ -notlike 'gw-checkpoint-*.tgz' } | Should -BeNullOrEmpty
        @($left | Test-HxCheckpoint @at) | Should -HaveCount $left.Count
        New-HxCheckpoint @at -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
    }

    It 'gives an error its id, category, target, recommendation and exit code' {
        $failure = { Test-HxCheckpoint @at -Id nothing } | Should -Throw -ErrorId 'CheckpointNotFound,HxOps.Commands.TestHxCheckpointCommand' -PassThru
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.TargetObject | Should -Be 'nothing'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failure.Exception | Should -BeOfType HxOps.Errors.HxException
        [int]$failure.Exception.Id.ExitCode | Should -Be 3
    }

    It 'shows an error without a stack trace' {
        $text = pwsh -NoProfile -NonInteractive -Command "Import-Module '$PSScriptRoot/../HxOps.psd1'; Test-HxCheckpoint $given -Id nothing" 2>&1 | Out-String
        $text | Should -Match 'Recommendation:'
        $text | Should -Not -Match '   at HxOps'
    }

    It 'keeps a practice checkpoint out of the machine: the root goes with the object' {
        $checkpoint = New-HxCheckpoint @at -WarningAction SilentlyContinue
        Set-Content (Join-Path $practice.Root srv/gateway/config/config.yaml) 'broken: ['
        ($checkpoint | Compare-HxCheckpoint).Differences.Id | Should -Be '/srv/gateway/config/config.yaml'
        (@($checkpoint) | Where-Object Files -gt 0 | Sort-Object Id | Test-HxCheckpoint).Id | Should -Be $checkpoint.Id
    }
}
