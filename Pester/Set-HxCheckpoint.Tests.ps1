BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
    $checkpoint = New-HxCheckpoint @at -Note first
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Set-HxCheckpoint' {
    It 'pins, declares good and notes, and leaves the archive as it is' {
        $hash = (Get-FileHash $checkpoint.Path).Hash
        $set = Set-HxCheckpoint @at -Pin -KnownGood $true -Note 'second'
        $set.IsPinned, $set.IsKnownGood, $set.Note | Should -Be $true, $true, 'second'
        (Get-FileHash $checkpoint.Path).Hash | Should -Be $hash
    }

    It 'leaves what is not named' {
        $null = Set-HxCheckpoint @at -Pin -Note kept
        $set = Set-HxCheckpoint @at -KnownGood $false
        $set.IsPinned, $set.IsKnownGood, $set.Note | Should -Be $true, $false, 'kept'
    }

    It 'takes the pin out and the note away' {
        $null = Set-HxCheckpoint @at -Pin -Note kept
        $set = $checkpoint | Set-HxCheckpoint -Unpin -Note ''
        $set.IsPinned, $set.Note | Should -Be $false, ''
        (Get-HxCheckpoint @at).IsPinned | Should -BeFalse
    }

    It 'refuses to say nothing, and the opposite of the same' {
        { Set-HxCheckpoint @at } | Should -Throw -ErrorId 'CheckpointAnnotationUnclear,*'
        { Set-HxCheckpoint @at -Pin -Unpin } | Should -Throw -ErrorId 'CheckpointAnnotationUnclear,*'
    }

    It '-WhatIf fails where the change would: an archive that lies elsewhere has nothing said about it' {
        $elsewhere = Join-Path $practice.Root gw-checkpoint-20010101T000000Z.tgz
        Copy-Item $checkpoint.Path $elsewhere
        { Set-HxCheckpoint @at -Path $elsewhere -Pin } | Should -Throw -ErrorId 'CheckpointNotFound,*'
        { Set-HxCheckpoint @at -Path $elsewhere -Pin -WhatIf } | Should -Throw -ErrorId 'CheckpointNotFound,*'
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-TreeState $practice.Root
        Set-HxCheckpoint @at -Pin -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }
}
