BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps

    # Waits for a state with a limit that a busy machine keeps.
    function Wait-Until([scriptblock] $Condition) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($watch.Elapsed.TotalMinutes -gt 3) { throw "Not within three minutes: $Condition" }
            Start-Sleep -Milliseconds 100
        }
    }

    # What the guard wrote before it ended.
    function Get-GuardLog { Get-Content (Join-Path $practice.Backups '.hxops/restores/*/guard.log') -Raw -ErrorAction Ignore }
}

Describe 'Confirm-HxRestore' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $null = New-HxCheckpoint @at
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
        $good = Get-Content $config -Raw
        Set-Content $config 'later: state'
    }

    AfterEach {
        # Lets the guard end before its folder goes.
        Get-HxRestore @at | Confirm-HxRestore
        if (Test-Path (Join-Path $practice.Backups '.hxops/restores/*/guard.log')) { Wait-Until { Get-GuardLog } }
        Remove-Practice $practice.Root
    }

    It 'keeps a restore, which goes to it through the pipeline' {
        $confirmed = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false | Confirm-HxRestore
        $confirmed.Confirmation | Should -Be 'Confirmed'
        $confirmed.State | Should -Be 'Restored'
        Get-Content $config -Raw | Should -Be $good
        Wait-Until { (Get-GuardLog) -match 'is confirmed, and stays' }
        (Get-HxAudit @at).Action | Should -Contain 'restore confirm'
    }

    It 'tells in result, listing and view that a restore waits for a word' {
        $restore = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        $listed = Get-HxRestore @at
        $listed.Confirmation | Should -Be 'Awaited'
        $listed.ConfirmByUtc | Should -Be $restore.ConfirmByUtc
        ($restore.ConfirmByUtc - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeLessThan 5
        foreach ($view in ($listed | Get-View80), ($listed | Format-List | Get-View80), ($restore | Get-View80)) {
            ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        }
        $listed | Get-View80 | Out-String | Should -Match 'Unconfirmed'
        $listed | Format-List | Get-View80 | Out-String | Should -Match 'Confirm by +: \d{4}-'
        $restore | Get-View80 | Out-String | Should -Match 'Confirm by +: \d{4}-'
        $listed | Confirm-HxRestore | Get-View80 | Out-String | Should -Match 'Confirmed'
    }

    It 'takes a whole listing and passes over what waits for no word' {
        $null = Restore-HxCheckpoint @at -Confirm:$false
        Set-Content $config 'later: state'
        $restore = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        $confirmed = Get-HxRestore @at | Confirm-HxRestore -ErrorVariable failures
        $confirmed.Id | Should -Be $restore.Id
        $failures | Should -BeNullOrEmpty
        Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false | Confirm-HxRestore | Should -BeNullOrEmpty # Nothing had to change.
    }

    It 'is content with what is confirmed, and refuses what cannot be' {
        { Confirm-HxRestore @at } | Should -Throw -ErrorId 'RestoreNotGuarded,HxOps.Commands.ConfirmHxRestoreCommand'
        { Confirm-HxRestore @at restore-20200101T000000Z } | Should -Throw -ErrorId 'RestoreNotFound,HxOps.Commands.ConfirmHxRestoreCommand'
        $restore = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        $null = Confirm-HxRestore @at
        (Confirm-HxRestore @at $restore.Id).Confirmation | Should -Be 'Confirmed'
        Set-Content $config 'later: state'
        $undone = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        $null = Undo-HxRestore @at -Confirm:$false
        { Confirm-HxRestore @at $undone.Id } | Should -Throw -ErrorId 'RestoreNotConfirmable,HxOps.Commands.ConfirmHxRestoreCommand'
    }

    It 'changes nothing with -WhatIf' {
        $null = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        $before = Get-TreeState $practice.Root
        Confirm-HxRestore @at -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'completes the ids that wait for a word' {
        $restore = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        $line = "Confirm-HxRestore -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Id res"
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Be $restore.Id
        $null = Confirm-HxRestore @at
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Not -Contain $restore.Id
    }

    It 'keeps another restore from beginning until the word is given' {
        $null = Restore-HxCheckpoint @at -ConfirmWithin 5m -Confirm:$false
        { Restore-HxCheckpoint @at -Confirm:$false } | Should -Throw -ErrorId 'RestoreAwaitsConfirmation,HxOps.Commands.RestoreHxCheckpointCommand'
    }

    It 'takes spans as operators write them, and prints the guard in the plan' {
        { Restore-HxCheckpoint @at -ConfirmWithin 5 -WhatIf } | Should -Throw '*is no span*'
        { Restore-HxCheckpoint @at -ConfirmWithin 5s -WhatIf } | Should -Throw -ErrorId 'ConfirmSpanUnsuitable,HxOps.Commands.RestoreHxCheckpointCommand'
        $script = "Import-Module '$PSScriptRoot/../HxOps.psd1'; Restore-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -ConfirmWithin 90s -WhatIf"
        pwsh -NoProfile -NonInteractive -Command $script | Out-String | Should -Match 'unless it is confirmed within 90s'
    }

    It 'is not needed by one whose pwsh was killed: the state before comes back by itself' {
        $script = "Import-Module '$PSScriptRoot/../HxOps.psd1'; Restore-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -ConfirmWithin 10s -Confirm:`$false; Start-Sleep 600"
        $session = Start-Process pwsh -ArgumentList '-NoProfile', '-NonInteractive', '-Command', $script -PassThru -RedirectStandardOutput (Join-Path $practice.Root out.txt)
        Wait-Until { (Get-HxRestore @at).State -eq 'Restored' }
        Stop-Process $session -Force
        Wait-Until { (Get-Content $config -Raw) -match 'later: state' }
        Wait-Until { (Get-GuardLog) -match 'is undone' }
        @(Get-HxRestore @at)[-1].Confirmation | Should -Be 'Missed'
    }
}
