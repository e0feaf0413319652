BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Remove-HxCheckpoint' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $newest = New-HxCheckpoint @at
        # Older ones by their names: the stamp in the name is what counts.
        1..7 | ForEach-Object { Copy-Item $newest.Path (Join-Path $practice.Backups "gw-checkpoint-2025010${_}T120000Z.tgz") }
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'keeps as many as the deployment says, the newest by stamp' {
        $removed = Remove-HxCheckpoint @at -Confirm:$false
        $removed.Id | Sort-Object | Should -Be (1..3 | ForEach-Object { "gw-checkpoint-2025010${_}T120000Z" })
        (Get-HxCheckpoint @at).Count | Should -Be 5
    }

    It 'never removes the newest, and tells whoever named it' {
        { Remove-HxCheckpoint @at -Id $newest.Id -Confirm:$false } | Should -Throw -ErrorId 'CheckpointKept,*' -PassThru |
            ForEach-Object { [int]$_.Exception.Id.ExitCode } | Should -Be 5
        $newest.Path | Should -Exist
    }

    It 'keeps pinned and known-good ones' {
        $null = Set-HxCheckpoint @at -Id gw-checkpoint-20250101T120000Z -Pin
        $null = Set-HxCheckpoint @at -Id gw-checkpoint-20250102T120000Z -KnownGood $true
        $null = Remove-HxCheckpoint @at -Keep 1 -Confirm:$false
        (Get-HxCheckpoint @at).Id | Should -Be $newest.Id, 'gw-checkpoint-20250102T120000Z', 'gw-checkpoint-20250101T120000Z'
    }

    It 'removes what is piped to it' {
        $null = Get-HxCheckpoint @at gw-checkpoint-202501* | Remove-HxCheckpoint -Confirm:$false
        (Get-HxCheckpoint @at).Id | Should -Be $newest.Id
    }

    It 'takes spans as operators write them, and no bare numbers' {
        Remove-HxCheckpoint @at -KeepWithin 5200w -Confirm:$false | Should -BeNullOrEmpty
        { Remove-HxCheckpoint @at -KeepWithin 14 -Confirm:$false } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        (Remove-HxCheckpoint @at -KeepWithin 14d -Confirm:$false).Count | Should -Be 7
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-TreeState $practice.Root
        Remove-HxCheckpoint @at -Keep 1 -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }
}
