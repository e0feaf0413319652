BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Test-HxConfiguration' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'finds no error in a good file' {
        Test-HxConfiguration @at | Where-Object Severity -eq Error | Should -BeNullOrEmpty
    }

    It 'tells file, line, rule and remedy of a model that is there twice' {
        [IO.File]::AppendAllText($config, "  - model_name: small`n    litellm_params:`n      model: ollama/small`n")
        $finding = Test-HxConfiguration @at | Where-Object Id -eq DuplicateModel
        $finding.File | Should -Be '/srv/gateway/config/config.yaml'
        $finding.Position.Line | Should -BeGreaterThan 4
        $finding.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'fits 80 columns' {
        Set-Content $config 'broken: ['
        $view = Test-HxConfiguration @at | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $view -join "`n" | Should -Match 'config\.yaml:\d+:\d+'
    }
}

Describe 'Test-HxDeployment' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $config = Join-Path $practice.Root srv/gateway/config/config.yaml
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'gives evidence for every check' {
        $checks = Test-HxDeployment @at
        $checks | Should -Not -BeNullOrEmpty
        $checks.Finding | Where-Object { -not $_ } | Should -BeNullOrEmpty
        $checks | Where-Object Verdict -ne Healthy | ForEach-Object Remedy | Where-Object { -not $_ } | Should -BeNullOrEmpty
    }

    It 'changes nothing' {
        $before = Get-TreeState $practice.Root
        $null = Test-HxDeployment @at
        Get-TreeState $practice.Root | Should -Be $before
    }
}
