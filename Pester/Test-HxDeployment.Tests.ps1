BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root }
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Test-HxDeployment' {
    It 'tells evidence and, for what did not pass, a remedy' {
        $checks = Test-HxDeployment @at
        $checks.Id | Should -Contain 'Firewall'
        $checks | ForEach-Object { $_.Finding | Should -Not -BeNullOrEmpty }
        $checks | Where-Object Verdict -ne Healthy | ForEach-Object { $_.Remedy | Should -Not -BeNullOrEmpty }
    }

    It 'S-46 has the eight things to see to before production, in order' {
        (Test-HxDeployment Production @at).Id | Should -Be 'VirtualEnvironment', 'Service', 'Configuration', 'Health', 'LogRotation', 'Alerts', 'Firewall', 'Tls'
    }

    It 'S-39 has the four causes of a service that does not start' {
        (Test-HxDeployment -Scope Startup @at).Id | Should -Be 'VirtualEnvironment', 'Permissions', 'Ports', 'Configuration'
    }

    It 'S-40 repairs nothing while the account does not exist' {
        $before = Get-TreeState $practice.Root
        { Test-HxDeployment -Fix Ownership @at -Confirm:$false } | Should -Throw -PassThru |
            ForEach-Object { $_.Exception.Message } | Should -Match 'There is no user hx-gateway'
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'has a view that fits 80 columns' {
        (Test-HxDeployment @at | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
