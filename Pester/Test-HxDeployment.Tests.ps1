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

    It 'S-41 ends the process that holds the port in place of the unit, and only when it is agreed to' {
        $port = & { $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0); $listener.Start(); $listener.LocalEndpoint.Port; $listener.Stop() }
        $deployment = Join-Path $practice.Root port.yaml
        [IO.File]::ReadAllText($practice.Deployment) -replace 'units: \[\]', 'units: [{ name: practice.service }]' -replace '127\.0\.0\.1:1', "127.0.0.1:$port" |
            Set-Content $deployment
        Set-Content (Join-Path $practice.Root etc/systemd/system/practice.service) "[Service]`nExecStart=/bin/true --port $port"
        $holder = [Diagnostics.Process]::Start('setsid', [string[]]('perl', '-MIO::Socket::INET', '-e', '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $ARGV[0], Listen => 1); sleep 600', $port))
        try {
            $fix = @{ Root = $practice.Root; Deployment = $deployment; Scope = 'Startup'; Fix = 'Port' }
            $limit = [Diagnostics.Stopwatch]::StartNew()
            do { $ports = Test-HxDeployment @fix -WhatIf 6>$null | Where-Object Id -eq Ports } until ($ports.Verdict -eq 'Unhealthy' -or $limit.Elapsed.TotalSeconds -gt 30)
            $ports.Finding | Should -Match "$port is held by perl \(PID $($holder.Id)\), which is not practice.service"
            $holder.HasExited | Should -BeFalse
            { Test-HxDeployment @fix } | Should -Throw -ErrorId 'NotConfirmed,*'
            $holder.HasExited | Should -BeFalse
            (Test-HxDeployment @fix -Confirm:$false | Where-Object Id -eq Ports).Finding | Should -Be "nobody listens on $port"
            $holder.WaitForExit(30000) | Should -BeTrue
        }
        finally { if (-not $holder.HasExited) { $holder.Kill() } }
    }

    It 'has a view that fits 80 columns' {
        $checks = Test-HxDeployment @at
        $view = $checks | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        # The finding is what the table is for: it goes on in the next line rather than end in an ellipsis.
        $shown = ($view | Select-Object -Skip 1 | ForEach-Object { $_.Length -gt 38 ? $_.Substring(38) : '' }) -join '' -replace '\s'
        foreach ($check in $checks) { $shown | Should -BeLike "*$([WildcardPattern]::Escape(($check.Finding -replace '\s')))*" -Because $check.Id }
    }
}
