BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment; Interval = [TimeSpan]::FromSeconds(0.2) }
    $log = Join-Path $practice.Root srv/gateway/logs/smoke-2.log
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Watch-HxGateway' {
    It 'ends as soon as the wanted verdict is seen' {
        $looks = @(Watch-HxGateway @at -Until Healthy -For 30s)
        $looks.Count | Should -Be 1
        $looks[0].Verdict | Should -Be 'Healthy'
        $looks[0].Id | Should -Be 'practice'
        $looks[0].TimeUtc.Offset | Should -Be ([TimeSpan]::Zero)
    }

    It 'waits for a gateway that is mended meanwhile' {
        Set-Content $log 'FAILED: chat'
        $mend = [Diagnostics.Process]::Start('sh', [string[]]('-c', "sleep 1; rm '$log'"))
        try {
            $first, $last = Watch-HxGateway @at -Until Healthy -For 30s | Select-Object -First 1 -Last 1
            $first.Verdict | Should -Be 'Unhealthy'
            $first.Failing.Id | Should -Contain 'smoke-log'
            $last.Verdict | Should -Be 'Healthy'
            $last.Recovered | Should -Be 'smoke-log'
            $last.SinceUtc | Should -Be $last.TimeUtc
        }
        finally { $mend.WaitForExit(); Remove-Item $log -ErrorAction Ignore }
    }

    It 'is stopped promptly by a command that has enough, in the middle of a rest' {
        $time = [Diagnostics.Stopwatch]::StartNew()
        $look = Watch-HxGateway -Root $practice.Root -Deployment $practice.Deployment -Interval 1h | Select-Object -First 1
        $look.Verdict | Should -Be 'Healthy'
        $time.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'writes only changes on request' {
        $looks = @(Watch-HxGateway @at -OnChange -For 30s | ForEach-Object {
            if ($_.Verdict -eq 'Healthy') { Set-Content $log 'FAILED: chat' } else { Remove-Item $log }
            $_
        } | Select-Object -First 3)
        Remove-Item $log -ErrorAction Ignore
        $looks.Verdict | Should -Be 'Healthy', 'Unhealthy', 'Healthy'
        $looks[1].Failed | Should -Be 'smoke-log'
        $looks[2].Recovered | Should -Be 'smoke-log'
    }

    It 'says what was seen when the wanted verdict was not, after the looks' {
        $looks = @(Watch-HxGateway @at -Until Unhealthy -For 1s -ErrorVariable failed -ErrorAction SilentlyContinue)
        $looks.Count | Should -BeGreaterThan 1
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VerdictNotSeen,*'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failed[0].TargetObject | Should -Be 'Unhealthy'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failed[0].Exception.Id.ExitCode | Should -Be 'VerificationFailed'
        { Watch-HxGateway @at -Until Unhealthy -For 0s -ErrorAction Stop } | Should -Throw -ErrorId 'VerdictNotSeen,*'
    }

    It 'takes the verdict of the named probes alone' {
        $look = Watch-HxGateway @at -Probe liveliness -For 0s
        $look.Asked | Should -Be 1
        $look.Failing.Id | Should -Be 'liveliness'
        { Watch-HxGateway @at -Probe liveness } | Should -Throw -ErrorId 'ProbeNotFound,*'
    }

    It 'refuses an interval that would flood the gateway' {
        foreach ($interval in '00:00:00.05', '2d') {
            { Watch-HxGateway -Root $practice.Root -Deployment $practice.Deployment -Interval $interval } | Should -Throw -ErrorId 'WatchIntervalInvalid,*'
        }
        { Watch-HxGateway -Root $practice.Root -Deployment $practice.Deployment -Interval 0s } | Should -Throw '*is no span*'
        { Watch-HxGateway -Root $practice.Root -Deployment $practice.Deployment -Interval 5 } | Should -Throw '*is no span*'
    }

    It 'remembers where it looked' {
        (Watch-HxGateway @at -For 0s | Test-HxGateway).Id | Should -Be 'practice'
    }

    It 'has a view that fits 80 columns' {
        $text = Watch-HxGateway @at -For 1s | Get-View80
        $text -join "`n" | Should -Match 'Time +Verdict +For Summary'
        $text -join "`n" | Should -Match '20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ Healthy'
        ($text | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'is stopped as Ctrl+C stops it, at once' {
        $shell = [PowerShell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        $null = $shell.AddScript("Import-Module '$(Split-Path $PSScriptRoot)/HxOps.psd1'; Watch-HxGateway -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Interval 1h")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $limit = [Diagnostics.Stopwatch]::StartNew()
        while ($output.Count -eq 0 -and $limit.Elapsed.TotalSeconds -lt 30) { $null = $running.AsyncWaitHandle.WaitOne(20) }
        $limit.Restart()
        $shell.Stop()
        $output.Count | Should -Be 1
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $limit.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.Dispose()
    }
}
