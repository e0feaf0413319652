BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
    $first = New-HxCheckpoint @at -Note 'the first one'
    $second = New-HxCheckpoint @at -Note 'the second one'
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Get-HxCheckpoint' {
    It 'lists the newest first, whatever the times of the files say (T-26)' {
        (Get-Item $first.Path).LastWriteTimeUtc = [datetime]::UtcNow.AddDays(1)
        (Get-HxCheckpoint @at).Id | Should -Be $second.Id, $first.Id
    }

    It 'takes ids with wildcards' {
        (Get-HxCheckpoint @at gw-checkpoint-*).Count | Should -Be 2
        Get-HxCheckpoint @at nothing-* | Should -BeNullOrEmpty
    }

    It 'says which id does not exist, and gives the others' {
        $found = Get-HxCheckpoint @at $first.Id, gw-checkpoint-20000101T000000Z -ErrorVariable missing -ErrorAction SilentlyContinue
        $found.Id | Should -Be $first.Id
        $missing.FullyQualifiedErrorId | Should -BeLike 'CheckpointNotFound,*'
        $missing.TargetObject | Should -Be 'gw-checkpoint-20000101T000000Z'
    }

    It 'chooses by kind' {
        Get-HxCheckpoint @at -Kind Safety | Should -BeNullOrEmpty
        (Get-HxCheckpoint @at -Kind Checkpoint).Count | Should -Be 2
    }

    It 'stops early without complaint' {
        Get-HxCheckpoint @at -ErrorVariable failures | Select-Object -First 1 | Should -HaveCount 1
        $failures | Should -BeNullOrEmpty
    }

    It 'shows whole ids, sizes and notes in 80 columns, without escape sequences' {
        $view = Get-HxCheckpoint @at | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $text = $view -join "`n"
        $text | Should -Match $first.Id
        $text | Should -Match '\d+ (B|kB)'
        $text | Should -Not -Match "`e"
    }

    It 'completes ids, newest first, with what tells them apart' {
        $line = "Test-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Id gw"
        $offered = (TabExpansion2 $line).CompletionMatches
        $offered.CompletionText | Should -Be $second.Id, $first.Id
        $offered[0].ToolTip | Should -Match 'the second one'
    }

    It 'completes nothing where the deployment cannot be read' {
        (TabExpansion2 'Test-HxCheckpoint -Deployment /does/not/exist.yaml -Id gw').CompletionMatches.CompletionText | Should -Not -Contain $first.Id
    }
}
