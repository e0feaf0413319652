BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Test-HxCheckpoint' {
    It 'takes paths from where the session is, and completes with a root typed from there' {
        $practice = New-PracticeFile
        try {
            $checkpoint = New-HxCheckpoint -Root $practice.Root -Deployment $practice.Deployment
            Copy-Item $checkpoint.Path (Join-Path $practice.Root copied.tgz)
            Push-Location $practice.Root
            try {
                (Test-HxCheckpoint -Root . -Deployment ./practice.yaml ./copied.tgz).Passed | Should -BeTrue
                (Get-HxCheckpoint -Root . -Deployment ./practice.yaml ./copied.tgz).Id | Should -Be copied
                $leaf = Split-Path $practice.Root -Leaf
                (TabExpansion2 "Test-HxCheckpoint -Root ../$leaf -Deployment ./practice.yaml -Id ").CompletionMatches.CompletionText | Should -Be $checkpoint.Id
            }
            finally { Pop-Location }
        }
        finally { Remove-Practice $practice.Root }
    }

    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $checkpoint = New-HxCheckpoint @at
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'passes a whole archive, by id, path and value, and takes the newest by itself' {
        (Test-HxCheckpoint @at).Passed | Should -BeTrue
        (Test-HxCheckpoint @at -Id $checkpoint.Id).Id | Should -Be $checkpoint.Id
        (Test-HxCheckpoint @at -Path $checkpoint.Path).Id | Should -Be $checkpoint.Id
        ($checkpoint | Test-HxCheckpoint).Id | Should -Be $checkpoint.Id
        (Get-Item $checkpoint.Path | Test-HxCheckpoint @at).Id | Should -Be $checkpoint.Id
    }

    It 'writes nothing' {
        $before = Get-TreeState $practice.Root
        $null = Test-HxCheckpoint @at
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'refuses one that was cut, and goes on with the others of the pipeline' {
        $cut = Join-Path $practice.Backups 'gw-checkpoint-20200101T000000Z.tgz'
        [IO.File]::WriteAllBytes($cut, [IO.File]::ReadAllBytes($checkpoint.Path)[0..400])
        $passed = Get-Item $cut, $checkpoint.Path | Test-HxCheckpoint @at -ErrorVariable failures -ErrorAction SilentlyContinue
        $passed.Id | Should -Be $checkpoint.Id
        $failures | Should -HaveCount 1
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        [int]$failures[0].Exception.Id.ExitCode | Should -Be 4
        { Test-HxCheckpoint @at -Path $cut } | Should -Throw -ErrorId 'Archive*,*'
    }

    It 'drills: what is wrong in the configuration comes with file and line' {
        [IO.File]::AppendAllText((Join-Path $practice.Root srv/gateway/config/config.yaml), "  - model_name: [`n")
        $drill = New-HxCheckpoint @at | Test-HxCheckpoint -Drill
        $drill.Passed | Should -BeFalse
        $drill.Findings[0].File | Should -Be '/srv/gateway/config/config.yaml'
        $drill.Findings[0].Position.Line | Should -BeGreaterThan 1
    }

    It 'fits 80 columns' {
        $view = Test-HxCheckpoint @at | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $view -join "`n" | Should -Match "$($checkpoint.Id) +True"
    }
}
