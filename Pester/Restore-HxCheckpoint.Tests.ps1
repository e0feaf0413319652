BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Restore-HxCheckpoint' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $checkpoint = New-HxCheckpoint @at
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
        $good = Get-Content $config -Raw
        Set-Content $config 'broken: ['
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'brings the files back and says how it ended' {
        $result = Restore-HxCheckpoint @at -Confirm:$false
        $result.Outcome | Should -Be 'Restored'
        [int]$result.ExitCode | Should -Be 0
        Get-Content $config -Raw | Should -Be $good
        $result.SafetyCheckpoint | Should -BeLike 'pre-restore-*'
    }

    It 'goes through a pipeline, which keeps to the deployment and root it began with' {
        $report = Get-HxCheckpoint @at | Select-Object -First 1 | Restore-HxCheckpoint -Confirm:$false | Test-HxGateway
        $report.Id | Should -Be 'practice'
        $report.Verdict | Should -Be 'Healthy'
        Get-Content $config -Raw | Should -Be $good
    }

    It 'prints the plan with -WhatIf and changes no byte and no time' {
        $before = Get-TreeState $practice.Root
        Restore-HxCheckpoint @at -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'tells the plan in the words of the plan' {
        $script = "Import-Module '$PSScriptRoot/../HxOps.psd1'; Restore-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -WhatIf"
        $text = pwsh -NoProfile -NonInteractive -Command $script | Out-String
        $text | Should -Match 'What if: Restore gw-checkpoint-'
        $text | Should -Match 'take a safety checkpoint'
        $text | Should -Match '/srv/gateway/config/config\.yaml'
    }

    It 'does nothing when nobody can be asked' {
        $script = "Import-Module '$PSScriptRoot/../HxOps.psd1'; Restore-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)'"
        $null = pwsh -NoProfile -NonInteractive -Command $script 2>&1
        $LASTEXITCODE | Should -Not -Be 0
        Get-Content $config -Raw | Should -Match 'broken'
    }

    It 'goes back when the gate fails, and says so by result, error and exit code 20' {
        Set-Content (Join-Path $practice.Root srv/gateway/logs/smoke-2.log) 'FAILED: chat'
        $result = Restore-HxCheckpoint @at -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'RolledBack'
        [int]$result.ExitCode | Should -Be 20
        $failures.FullyQualifiedErrorId | Should -Contain 'RestoreRolledBack,HxOps.Commands.RestoreHxCheckpointCommand'
        Get-Content $config -Raw | Should -Match 'broken'
    }

    It 'leaves the restored state with -NoRollback, and asks no gate with -NoGate' {
        Set-Content (Join-Path $practice.Root srv/gateway/logs/smoke-2.log) 'FAILED: chat'
        $result = Restore-HxCheckpoint @at -NoRollback -Confirm:$false -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'RestoredUnproven'
        Get-Content $config -Raw | Should -Be $good
        Set-Content $config 'broken: ['
        (Restore-HxCheckpoint @at -NoGate -Confirm:$false).Gate | Should -BeNullOrEmpty
    }

    It 'restores only the components that are named' {
        Remove-Item (Join-Path $practice.Root srv/gateway/scripts/tests/run.sh)
        $null = Restore-HxCheckpoint @at -Component tests -Confirm:$false
        Get-Content $config -Raw | Should -Match 'broken'
        Join-Path $practice.Root srv/gateway/scripts/tests/run.sh | Should -Exist
    }

    It 'removes what the checkpoint does not have only with -Mirror' {
        $stray = Join-Path $practice.Root srv/gateway/scripts/tests/stray.sh
        Set-Content $stray 'echo stray'
        $null = Restore-HxCheckpoint @at -Confirm:$false
        $stray | Should -Exist
        $null = Restore-HxCheckpoint @at -Mirror -Confirm:$false
        $stray | Should -Not -Exist
    }

    It 'says that nothing had to change' {
        $null = Restore-HxCheckpoint @at -Confirm:$false
        (Restore-HxCheckpoint @at -Confirm:$false).Outcome | Should -Be 'AlreadyThere'
    }

    It 'completes component names' {
        $line = "Restore-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Component c"
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Be 'config'
    }

    It 'shows its result in 80 columns' {
        $view = Restore-HxCheckpoint @at -Confirm:$false | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $view -join "`n" | Should -Match 'Outcome +: Restored'
    }
}
