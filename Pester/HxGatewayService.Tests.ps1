# The gateway's units, run by the embedded supervisor below a practice root. Under a systemd they are run by tests/HxOps.Integration.Tests.

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $root = New-PracticeGateway
    $at = @{ Root = $root }
}

AfterAll { Remove-PracticeGateway $root }

Describe 'Get-HxGatewayService' {
    It 'tells process, command line and port of every unit' {
        $units = Get-HxGatewayService @at
        $units.Id | Should -Contain 'hx-gateway-ml.service'
        $wrapper = $units | Where-Object Id -eq 'hx-gateway-ml.service'
        $wrapper.Activity | Should -Be 'Active'
        $wrapper.IsListening | Should -BeTrue
        (Get-Process -Id $wrapper.MainProcessId).CommandLine | Should -Not -BeNullOrEmpty
        $wrapper.CommandLine | Should -Match "--port $($wrapper.Port)"
    }

    It 'takes names without their type, and wildcards' {
        (Get-HxGatewayService hx-gateway-ml @at).Id | Should -Be 'hx-gateway-ml.service'
        @(Get-HxGatewayService *smoke* @at).Count | Should -Be 2
    }

    It 'names the units that there are for one that there is not' {
        { Get-HxGatewayService hx-gatewy-ml @at } | Should -Throw -ErrorId 'UnitNotManaged,*' -PassThru |
            ForEach-Object { $_.Exception.Message } | Should -Match "did you mean 'hx-gateway-ml.service'"
    }

    It 'remarks on routing that changed after the start' {
        $routing = Join-Path $root opt/HX-Infrastructure-/api-gateway/config/api-gateway/routing.yaml
        (Get-Item $routing).LastWriteTime = (Get-Date).AddMinutes(1)
        (Get-HxGatewayService hx-gateway-ml @at).Remarks | Should -Match 'routing.yaml changed after it was started'
        (Get-Item $routing).LastWriteTime = (Get-Date).AddHours(-1)
    }

    It 'completes the names of units' {
        (TabExpansion2 'Get-HxGatewayService hx-gateway-m').CompletionMatches.CompletionText | Should -Contain 'hx-gateway-ml.service'
    }

    It 'has views that fit 80 columns' {
        (Get-HxGatewayService @at | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        (Get-HxGatewayService @at | Format-List | Get-View80) -join "`n" | Should -Match 'StartCommand'
    }
}

Describe 'Start-, Stop- and Restart-HxGatewayService' {
    It 'changes nothing with -WhatIf' {
        $before = (Get-HxGatewayService hx-gateway-ml @at).MainProcessId
        Restart-HxGatewayService @at -WhatIf | Should -BeNullOrEmpty
        (Get-HxGatewayService hx-gateway-ml @at).MainProcessId | Should -Be $before
    }

    It 'stops, starts and restarts, and says what was done' {
        (Stop-HxGatewayService @at).Outcome | Should -Be 'Stopped'
        (Stop-HxGatewayService @at).Outcome | Should -Be 'AlreadyThere'
        $started = Start-HxGatewayService @at
        $started.Outcome, $started.Status.Activity | Should -Be 'Started', 'Active'
        $restarted = $started | Restart-HxGatewayService
        $restarted.Outcome | Should -Be 'Restarted'
        $restarted.Status.MainProcessId | Should -Not -Be $started.Status.MainProcessId
        ($restarted | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'gives the reason and the last lines of a unit that does not start' {
        $unit = Join-Path $root etc/systemd/system/hx-gateway-smoke.service
        $good = [IO.File]::ReadAllText($unit)
        [IO.File]::WriteAllText($unit, "[Service]`nType=oneshot`nExecStart=/bin/sh -c 'echo no such module; exit 3'`n")
        try {
            { Start-HxGatewayService hx-gateway-smoke @at } | Should -Throw -ErrorId 'UnitStartFailed,*' -PassThru |
                ForEach-Object { $_.Exception.Message } | Should -Match 'no such module'
        }
        finally { [IO.File]::WriteAllText($unit, $good) }
    }

    It 'refuses a limit without a unit of time' {
        { Start-HxGatewayService @at -Timeout 5 } | Should -Throw
    }
}
