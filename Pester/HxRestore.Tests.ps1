BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Get-HxRestore' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $null = New-HxCheckpoint @at
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
        Set-Content $config 'later: state'
        $restore = Restore-HxCheckpoint @at -Confirm:$false
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'lists what was restored' {
        $listed = Get-HxRestore @at
        $listed.Id | Should -Be $restore.Id
        $listed.State | Should -Be 'Restored'
        $listed.Checkpoint | Should -Be $restore.Checkpoint
    }

    It 'takes wildcards, completes ids and fits 80 columns' {
        Get-HxRestore @at nothing-* | Should -BeNullOrEmpty
        { Get-HxRestore @at nothing } | Should -Throw -ErrorId 'RestoreNotFound,*'
        $line = "Undo-HxRestore -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Id res"
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Be $restore.Id
        $view = Get-HxRestore @at | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $view -join "`n" | Should -Match $restore.Id
    }
}

Describe 'Undo-HxRestore' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $null = New-HxCheckpoint @at
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
        Set-Content $config 'later: state'
        $restore = Restore-HxCheckpoint @at -Confirm:$false
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'brings back the state before, and can be undone itself' {
        (Undo-HxRestore @at -Confirm:$false).Outcome | Should -Be 'Restored'
        Get-Content $config -Raw | Should -Match 'later: state'
        (Get-HxRestore @at | Where-Object Id -eq $restore.Id).State | Should -Be 'Undone'
        (Undo-HxRestore @at -Confirm:$false).Outcome | Should -Be 'Restored'
        Get-Content $config -Raw | Should -Match 'model_list'
    }

    It 'takes the result of a restore from the pipeline' {
        $null = $restore | Undo-HxRestore -Confirm:$false
        Get-Content $config -Raw | Should -Match 'later: state'
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-TreeState $practice.Root
        Undo-HxRestore @at -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }
}

Describe 'Repair-HxRestore' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $null = New-HxCheckpoint @at
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
        Set-Content $config 'later: state'
        $restore = Restore-HxCheckpoint @at -Confirm:$false
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'does nothing and writes nothing where nothing was interrupted' {
        $before = Get-TreeState $practice.Root
        Repair-HxRestore @at -Confirm:$false | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }
}
