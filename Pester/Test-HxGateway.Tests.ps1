BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Test-HxGateway' {
    It 'comes to one verdict, of the required probes only' {
        $report = Test-HxGateway @at
        $report.Verdict | Should -Be 'Healthy'
        ($report.Probes | Where-Object Id -eq liveliness).Verdict | Should -Not -Be 'Healthy'
    }

    It 'writes only True or False with -Quiet' {
        Test-HxGateway @at -Quiet | Should -BeTrue
        Test-HxGateway @at -Probe liveliness -Quiet | Should -BeFalse
    }

    It 'asks only the probes that are named, and says which is unknown' {
        (Test-HxGateway @at -Probe smoke-log).Probes.Id | Should -Be 'smoke-log'
        { Test-HxGateway @at -Probe liveness } | Should -Throw -ErrorId 'ProbeNotFound,*'
    }

    It 'completes names of probes' {
        $line = "Test-HxGateway -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Probe smo"
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Be 'smoke-log'
    }

    It 'reports in the words of the kit' {
        $text = Test-HxGateway @at | Get-View80
        $text | Should -Contain '=== [validate_restore] Quick probes ==='
        $text | Should -Contain '--> last smoke log'
    }

    It 'waits for seconds or a span, and for nothing else' {
        (Get-Command Test-HxGateway).Parameters.Wait.ParameterType | Should -Be ([TimeSpan])
        foreach ($wait in 1, 0.5, '1', '1s', '1m', [TimeSpan]::FromSeconds(1)) { (Test-HxGateway @at -Wait $wait).Verdict | Should -Be 'Healthy' }
        foreach ($wait in -1, 'soon', '8d', 1e9, '1ms') { { Test-HxGateway @at -Wait $wait } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' }
    }

    It 'goes on asking until it is healthy' {
        $log = Join-Path $practice.Root srv/gateway/logs/smoke-2.log
        Set-Content $log 'FAILED: chat'
        (Test-HxGateway @at).Verdict | Should -Be 'Unhealthy'
        $mend = [Diagnostics.Process]::Start('sh', [string[]]('-c', "sleep 1; rm '$log'"))
        try {
            $report = Test-HxGateway @at -Wait 30
            $report.Verdict | Should -Be 'Healthy'
            $report.Rounds | Should -BeGreaterThan 1
        }
        finally { $mend.WaitForExit(); Remove-Item $log -ErrorAction Ignore }
    }
}
