# The runbooks, each run by a pwsh of its own as a timer or an operator runs it.

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $runbooks = Join-Path (Split-Path $PSScriptRoot) 'src/runbooks'

    # Output, exit code and both streams of one runbook.
    function Invoke-Runbook([string] $Name, [string[]] $Arguments) {
        $output = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File (Join-Path $runbooks "$Name.ps1") `
            -Deployment $practice.Deployment -Root $practice.Root @Arguments 2>&1 | Out-String -Width 200
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
    }
}

Describe 'Runbooks' {
    BeforeEach {
        $practice = New-PracticeFile
        $config = Join-Path $practice.Root 'srv/gateway/config/config.yaml'
        $log = Join-Path $practice.Root 'srv/gateway/logs/smoke-1.log'
    }
    AfterEach { Remove-Practice $practice.Root }

    It 'C-53 C-54 before maintenance a checkpoint is taken, proven and listed' {
        $run = Invoke-Runbook Invoke-HxBeforeMaintenance @('-Note', 'before the update')

        $run.ExitCode | Should -Be 0
        $checkpoint = Get-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root
        $checkpoint.Note | Should -Be 'before the update'
        $run.Output | Should -Match ([regex]::Escape($checkpoint.Id))
    }

    It '<_> says how the proof went and shows a table, not one list for each checkpoint' -ForEach 'Invoke-HxBeforeMaintenance', 'Invoke-HxWeeklyCheckpoint' {
        $null = 1..2 | ForEach-Object { New-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root }
        $run = Invoke-Runbook $_ ($_ -like '*Weekly*' ? @('-Keep', '1') : @())

        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match '(?m)^\u2705 gw-checkpoint-\S+: \d+ files, .* verified'
        $run.Output | Should -Match '(?m)^gw-checkpoint-\S+ +\S'
        $run.Output | Should -Not -Match '(?m)^\S+ +: '
    }

    It 'a wait that is none is refused before anything is done' {
        $before = Get-TreeState $practice.Root
        $run = Invoke-Runbook Invoke-HxEmergencyRestore @('-Confirm:$false', '-Wait', 'soon')

        $run.ExitCode | Should -Not -Be 0
        $run.Output | Should -Match "'soon' is no time to wait"
        Get-TreeState $practice.Root | Should -Be $before
        (Invoke-Runbook Test-HxGatewayHealth @('-Wait', '1m')).ExitCode | Should -Be 0
    }

    It 'before maintenance -WhatIf takes nothing' {
        $before = Get-TreeState $practice.Root
        (Invoke-Runbook Invoke-HxBeforeMaintenance @('-WhatIf')).ExitCode | Should -Be 0
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'before maintenance a missing required file ends with the exit code of hxops' {
        Remove-Item $config
        $run = Invoke-Runbook Invoke-HxBeforeMaintenance @()
        & (Get-HxOpsProgram) --deployment $practice.Deployment --root $practice.Root checkpoint new 2>$null | Out-Null
        $run.ExitCode | Should -Be $LASTEXITCODE
        $run.ExitCode | Should -Not -Be 0
    }

    It 'C-53 the weekly runbook takes one, drills it and keeps as many as it is told' {
        $null = 1..3 | ForEach-Object { New-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root }
        $run = Invoke-Runbook Invoke-HxWeeklyCheckpoint @('-Keep', '2')

        $run.ExitCode | Should -Be 0
        $left = @(Get-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root)
        $left.Count | Should -Be 2
        $left[0].Note | Should -Be 'weekly'
    }

    It 'C-53 the example timer runs the weekly runbook once a week' {
        $timer = Get-Content (Join-Path $runbooks 'units/hx-weekly-checkpoint.timer') -Raw
        $service = Get-Content (Join-Path $runbooks 'units/hx-weekly-checkpoint.service') -Raw
        $timer | Should -Match '(?m)^OnCalendar=Sun \*-\*-\* '
        $service | Should -Match '(?m)^ExecStart=.*/Invoke-HxWeeklyCheckpoint\.ps1$'
    }

    It 'C-55 an emergency restore brings the newest checkpoint back and validates' {
        $good = Get-Content $config -Raw
        $null = New-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root
        Set-Content $config 'broken'
        $run = Invoke-Runbook Invoke-HxEmergencyRestore @('-Confirm:$false', '-Wait', '0')

        $run.ExitCode | Should -Be 0
        Get-Content $config -Raw | Should -Be $good
        $run.Output | Should -Match 'Validation complete'
    }

    It 'C-55 C-56 C-61 a validation that fails shows the log and how to go on by hand, and ends with 20' {
        $null = New-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root
        Set-Content $config 'broken'
        Set-Content $log 'FAILED: models'
        $run = Invoke-Runbook Invoke-HxEmergencyRestore @('-Confirm:$false', '-Wait', '0')

        $run.ExitCode | Should -Be 20
        Get-Content $config | Should -Be 'broken'
        $run.Output | Should -Match 'Validation failed: smoke-log'
        $run.Output | Should -Match '--> log since 10m ago'
        $run.Output | Should -Match '--> to go on by hand'
    }

    It 'C-56 C-61 a unit that does not start shows the log of five minutes and how to go on by hand, and ends with 20' {
        $root = New-PracticeGateway
        try {
            $unit = Join-Path $root 'etc/systemd/system/hx-gateway-ml.service'
            $good = [IO.File]::ReadAllText($unit)
            [IO.File]::WriteAllText($unit, ($good -replace '(?m)^ExecStart=.*$', 'ExecStart=/bin/false'))
            $null = New-HxCheckpoint -Root $root
            [IO.File]::WriteAllText($unit, $good)
            $practice = @{ Deployment = Join-Path $root 'etc/hxops/deployment.yaml'; Root = $root }
            $run = Invoke-Runbook Invoke-HxEmergencyRestore @('-Confirm:$false', '-Wait', '0')

            $run.ExitCode | Should -Be 20
            $run.Output | Should -Match '--> log since 5m ago'
            $run.Output | Should -Match '(?m)^\d{4}-[-\d]+ [:\d]+Z hx-gateway-ml\.service: .*/bin/false'
            $run.Output | Should -Match 'systemctl stop hx-gateway-ml\.service; systemctl start hx-gateway-ml\.service'
            [IO.File]::ReadAllText($unit) | Should -Be $good
        }
        finally { Remove-PracticeGateway $root }
    }

    It 'an emergency restore that the operator declines changes nothing and ends with 5' -Skip:(-not (Get-Command script -ErrorAction Ignore)) {
        $null = New-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root
        Set-Content $config 'changed'
        $command = "'{0}' -NoProfile -File '{1}/Invoke-HxEmergencyRestore.ps1' -Deployment '{2}' -Root '{3}'" -f (Get-Process -Id $PID).Path, $runbooks, $practice.Deployment, $practice.Root
        $said = 'n' | script --quiet --return --command $command /dev/null | Out-String

        $LASTEXITCODE | Should -Be 5 -Because $said
        Get-Content $config | Should -Be 'changed'
    }

    It 'an emergency restore -WhatIf changes nothing' {
        $null = New-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root
        Set-Content $config 'broken'
        $null = Get-HxCheckpoint -Deployment $practice.Deployment -Root $practice.Root
        $before = Get-TreeState $practice.Root
        (Invoke-Runbook Invoke-HxEmergencyRestore @('-WhatIf')).ExitCode | Should -Be 0
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'C-47 the health runbook says what the kit said and ends with 0' {
        $run = Invoke-Runbook Test-HxGatewayHealth @()
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Match '=== \[validate_restore\] Quick probes ==='
        $run.Output | Should -Match '--> last smoke log'
        $run.Output | Should -Match '\u2705 Validation complete\.'
    }

    It 'C-39 the health runbook ends with 4 when the gateway is not healthy, with 3 when there is no such deployment' {
        Set-Content $log 'FAILED: models'
        (Invoke-Runbook Test-HxGatewayHealth @()).ExitCode | Should -Be 4
        $practice.Deployment = '/nowhere/at-all.yaml'
        (Invoke-Runbook Test-HxGatewayHealth @()).ExitCode | Should -Be 3
    }

    Context 'Emergencies' {
        BeforeEach {
            $plan = Join-Path $practice.Root plan.yaml
            Set-Content $plan @'
format: 1
name: practice
description: A plan to practise on
owner: Platform Team
version: "1"
root: /srv/gateway
target: 5m
budget: 10m
values: { program: "true" }
announcements: [{ name: internal, audience: internal, text: "Rolled back: {plan}/{scenario}" }]
scenarios:
  - name: emergency
    description: the fastest way
    budget: 5m
    steps:
      - { name: save-evidence, budget: 10s, importance: wanted, action: { do: evidence, name: before } }
      - { name: mark, budget: 5s, action: { do: write-file, file: mark, content: new }, observe: [{ see: file, file: mark }] }
      - { name: announce, budget: 5s, action: { do: announcement, text: internal } }
      - { name: check, budget: 5s, action: { do: command, program: "${program}", read-only: true } }
'@
            $reports = Join-Path $practice.Root reports
            $marked = Join-Path $practice.Root srv/gateway/mark
            # A hashtable cannot be given on a command line.
            $breaking = Join-Path $practice.Root breaking.yaml
            (Get-Content $plan -Raw) -replace 'program: "true"', 'program: "false"' | Set-Content $breaking
        }

        It 'H-01 <_> rolls back, writes the report and ends with 0' -ForEach 'Invoke-HxLlmHubEmergency', 'Invoke-HxPilotEmergency' {
            $run = Invoke-Runbook $_ @('-Plan', $plan, '-ReportFolder', $reports, '-Confirm:$false')

            $run.ExitCode | Should -Be 0 -Because $run.Output
            $marked | Should -Exist
            @(Get-ChildItem $reports -Filter '*.html').Count | Should -Be 1
            $run.Output | Should -Match 'Rolled back, and everything required was seen'
        }

        It 'the LLM Hub emergency saves evidence first and shows the texts to send out' {
            $run = Invoke-Runbook Invoke-HxLlmHubEmergency @('-Plan', $plan, '-Confirm:$false')
            $run.Output | Should -Match '--> announcement-internal'
            $run.Output | Should -Match 'Rolled back: practice/emergency'
            (Get-HxAudit -Deployment $practice.Deployment -Root $practice.Root).Action | Should -Be 'evidence', 'rollback', 'rollback'
        }

        It '<_> ends with 20 when a step fails, and still writes the report' -ForEach 'Invoke-HxLlmHubEmergency', 'Invoke-HxPilotEmergency' {
            $run = Invoke-Runbook $_ @('-Plan', $breaking, '-ReportFolder', $reports, '-Confirm:$false')
            $run.ExitCode | Should -Be 20
            $marked | Should -Not -Exist
            Get-Content (Join-Path $reports '*.md') -Raw | Should -Match 'ended as RolledBack'
        }

        It '<_> -WhatIf changes nothing, and refuses with 5 when nobody can be asked' -ForEach 'Invoke-HxLlmHubEmergency', 'Invoke-HxPilotEmergency' {
            $before = Get-TreeState $practice.Root
            (Invoke-Runbook $_ @('-Plan', $plan, '-WhatIf')).ExitCode | Should -Be 0
            Get-TreeState $practice.Root | Should -Be $before
            (Invoke-Runbook $_ @('-Plan', $plan)).ExitCode | Should -Be 5
            $marked | Should -Not -Exist
        }
    }

    It 'what the fleet runbooks write is a table of hosts and one line on the fleet' {
        Import-Module (Join-Path $runbooks HxFleet.psm1)
        $hosts = 'gw1', 'gw2' | ForEach-Object { New-HxFleetHost $_ }
        $hosts[0].State = 'Done'
        $view = @($hosts) + (New-HxFleetSummary checkpoint $hosts ([DateTime]::UtcNow)) | Get-View80

        $view | Where-Object { $_ -match '^gw[12] +(Done|NotReached)' } | Should -HaveCount 2
        $view | Where-Object { $_ -match '^checkpoint: Done in ' } | Should -HaveCount 1
        $view | Should -Contain '2 hosts: 1 done, 0 undone, 0 failed, 0 inconclusive, 1 not reached'
        $view | Where-Object { $_ -match ' : ' } | Should -BeNullOrEmpty
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'every runbook has help with an example' {
        foreach ($file in Get-ChildItem $runbooks -Filter *.ps1) {
            $help = Get-Help $file.FullName -Full
            $help.Synopsis | Should -Not -BeLike "*$($file.Name)*"
            @($help.examples.example).Count | Should -BeGreaterThan 0
            foreach ($parameter in $help.parameters.parameter | Where-Object Name -NotIn WhatIf, Confirm) {
                $parameter.description | Should -Not -BeNullOrEmpty -Because "$($file.Name) -$($parameter.Name)"
            }
        }
    }
}
