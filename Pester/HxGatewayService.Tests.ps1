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

Describe 'Install- and Uninstall-HxGatewayService' {
    BeforeAll {
        # The practice gateway has a unit of another making; the deployment's program is laid in its place.
        $scratch = New-ScratchFolder
        $here = @{ Root = $scratch }
        $uvicorn = Join-Path $scratch opt/HX-Infrastructure-/api-gateway/gateway/venv/bin/uvicorn
        $unit = Join-Path $scratch etc/systemd/system/hx-gateway-ml.service
        $environment = Join-Path $scratch etc/hx-gateway-ml.env
        $env:MASTER_KEY = 'planted-4711-key'
    }

    AfterAll {
        Remove-Item Env:MASTER_KEY
        Remove-Practice $scratch
    }

    It 'S-21 refuses while what the service runs is not installed, and names the script' {
        { Install-HxGatewayService @here } | Should -Throw -ErrorId 'ServiceDependenciesMissing,*' -PassThru |
            ForEach-Object { $_.ErrorDetails.RecommendedAction } | Should -Match 'install-wrapper-deps\.sh first'
        $null = New-Item $uvicorn -ItemType File -Force
        chmod 755 $uvicorn
    }

    It 'prints the plan and the unit with -WhatIf, and writes nothing' {
        $before = Get-TreeState $scratch
        Install-HxGatewayService @here -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $scratch | Should -Be $before
    }

    It 'S-18 makes unit, enablement and environment file, and shows no key' {
        $result = Install-HxGatewayService @here -Confirm:$false
        $result.Outcome | Should -Be 'Installed'
        (Get-Item $environment).UnixMode | Should -Be '-rw-r-----'
        Get-Content $environment | Should -Contain 'MASTER_KEY=planted-4711-key'
        Get-Content $unit | Should -Contain 'ProtectSystem=full'
        (Get-HxGatewayService hx-gateway-ml @here).IsEnabled | Should -BeTrue
        $result | Format-List * | Out-String | Should -Not -Match 'planted-4711'
        ($result | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'changes nothing the second time, and says so' {
        $before = (Get-Item $unit, $environment).LastWriteTimeUtc.Ticks
        $again = Install-HxGatewayService @here -Confirm:$false
        $again.Outcome, $again.Steps.Length | Should -Be 'AlreadyThere', 0
        (Get-Item $unit, $environment).LastWriteTimeUtc.Ticks | Should -Be $before
    }

    It 'takes it off again, and names what stays' {
        $result = Uninstall-HxGatewayService @here -Confirm:$false
        $result.Outcome | Should -Be 'Uninstalled'
        $result.Notes | Should -Contain '/etc/hx-gateway-ml.env stays'
        $unit | Should -Not -Exist
        (Uninstall-HxGatewayService @here -Purge -Confirm:$false).Outcome | Should -Be 'Uninstalled'
        $environment | Should -Not -Exist
    }
}
