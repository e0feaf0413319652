BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Compare-HxCheckpoint' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $checkpoint = New-HxCheckpoint @at
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'finds nothing when nothing has changed' {
        $comparison = Compare-HxCheckpoint @at
        $comparison.Other | Should -Be 'live'
        $comparison.Differences | Should -BeNullOrEmpty
        $comparison.Same | Should -BeGreaterThan 2
    }

    It 'tells added, removed, changed and metadata apart' {
        [IO.File]::AppendAllText($config, "# new line`n")
        chmod 700 (Join-Path $practice.Root srv/gateway/scripts/tests/run.sh)
        Remove-Item (Join-Path $practice.Root srv/gateway/scripts/tests/gateway.env)
        Set-Content (Join-Path $practice.Root srv/gateway/scripts/tests/more.sh) 'echo more'
        $kinds = @{}
        (Compare-HxCheckpoint @at).Differences | ForEach-Object { $kinds[(Split-Path $_.Id -Leaf)] = "$($_.Kind)" }
        $kinds['config.yaml'] | Should -Be 'Changed'
        $kinds['run.sh'] | Should -Be 'Metadata'
        $kinds['gateway.env'] | Should -Be 'Removed'
        $kinds['more.sh'] | Should -Be 'Added'
    }

    It 'shows a diff with secrets redacted' {
        [IO.File]::AppendAllText($config, "master_key: sk-planted-4711`n")
        $view = Compare-HxCheckpoint @at | Get-View80
        $view | Should -Contain "$($checkpoint.Id) to live: 1 difference, $((Compare-HxCheckpoint @at).Same) the same"
        $view -join "`n" | Should -Match '(?m)^changed  /srv/gateway/config/config\.yaml \('
        & (Get-HxOpsProgram) --root $practice.Root --deployment $practice.Deployment checkpoint compare | Select-Object -First 2 | Should -Be $view.Where{ $_ }[0..1]
        $view -join "`n" | Should -Match '\+.*master_key'
        $view -join "`n" | Should -Not -Match 'sk-planted-4711'
    }

    It 'compares two checkpoints' {
        [IO.File]::AppendAllText($config, "# new line`n")
        $newer = New-HxCheckpoint @at
        $comparison = Compare-HxCheckpoint @at $checkpoint.Id -With $newer.Id
        $comparison.Other | Should -Be $newer.Id
        $comparison.Differences.Id | Should -Contain '/srv/gateway/config/config.yaml'
    }
}
