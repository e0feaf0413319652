# What every cmdlet has from its base class: streams, stopping, progress and errors.

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps

    # A command in a session of its own, so that it can be stopped and its streams be seen.
    function New-Session([string] $Script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$PSScriptRoot/../HxOps.psd1'`n" + $Script)
        $shell
    }
}

Describe 'The pipeline' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $given = "-Root '$($practice.Root)' -Deployment '$($practice.Deployment)'"
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'stops at Ctrl+C, long before the time it was given' {
        $shell = New-Session "Test-HxGateway $given -Probe liveliness -Wait 120"
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $running = $shell.BeginInvoke()
        [Threading.SpinWait]::SpinUntil({ $shell.Streams.Progress.Count -gt 0 }, 60000) | Should -BeTrue
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 90
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }

    It 'shows progress only for what takes more than a second, and takes it away at the end' {
        $shell = New-Session "Test-HxGateway $given -Probe liveliness -Wait 3; Test-HxGateway $given -Probe smoke-log"
        $null = $shell.Invoke()
        $records = @($shell.Streams.Progress | Where-Object Activity -notlike 'Preparing modules*')
        $records | Should -Not -BeNullOrEmpty
        $records.ActivityId | Sort-Object -Unique | Should -HaveCount 1
        $records[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
    }

    It 'leaves nothing or a whole checkpoint, and holds nothing, when a warning is made to stop it' {
        { New-HxCheckpoint @at -WarningAction Stop } | Should -Throw -ErrorId 'ActionPreferenceStop*'
        # The warning may come too late to prevent the archive; then it is whole and has its final name.
        $left = @(Get-ChildItem $practice.Backups -File -Force -ErrorAction Ignore)
        $left.Name | Where-Object { $_ -notlike 'gw-checkpoint-*.tgz' } | Should -BeNullOrEmpty
        @($left | Test-HxCheckpoint @at) | Should -HaveCount $left.Count
        New-HxCheckpoint @at -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
    }

    It 'gives an error its id, category, target, recommendation and exit code' {
        $failure = { Test-HxCheckpoint @at -Id nothing } | Should -Throw -ErrorId 'CheckpointNotFound,HxOps.Commands.TestHxCheckpointCommand' -PassThru
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.TargetObject | Should -Be 'nothing'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failure.Exception | Should -BeOfType HxOps.Errors.HxException
        [int]$failure.Exception.Id.ExitCode | Should -Be 3
    }

    It 'shows an error without a stack trace' {
        $text = pwsh -NoProfile -NonInteractive -Command "Import-Module '$PSScriptRoot/../HxOps.psd1'; Test-HxCheckpoint $given -Id nothing" 2>&1 | Out-String
        $text | Should -Match 'Recommendation:'
        $text | Should -Not -Match '   at HxOps'
    }

    It 'keeps a practice checkpoint out of the machine: the root goes with the object' {
        $checkpoint = New-HxCheckpoint @at -WarningAction SilentlyContinue
        Set-Content (Join-Path $practice.Root srv/gateway/config/config.yaml) 'broken: ['
        ($checkpoint | Compare-HxCheckpoint).Differences.Id | Should -Be '/srv/gateway/config/config.yaml'
        (@($checkpoint) | Where-Object Files -gt 0 | Sort-Object Id | Test-HxCheckpoint).Id | Should -Be $checkpoint.Id
        # What lies within an output, and outputs that only name a checkpoint.
        ((Test-HxCheckpoint @at).Checkpoint | Compare-HxCheckpoint).Differences.Id | Should -Be '/srv/gateway/config/config.yaml'
        (Test-HxCheckpoint @at | Compare-HxCheckpoint).Differences.Id | Should -Be '/srv/gateway/config/config.yaml'
        (Test-HxCheckpoint @at | Restore-HxCheckpoint -NoGate -Confirm:$false).Changed | Should -Be 1
        (Compare-HxCheckpoint @at | Restore-HxCheckpoint -NoGate -Confirm:$false).Checkpoint | Should -Be $checkpoint.Id
        (Copy-HxCheckpoint @at -Destination (Join-Path $practice.Root copies) | Test-HxCheckpoint).Id | Should -Be $checkpoint.Id
        (Get-HxRestore @at | Test-HxCheckpoint).Id | Should -Be $checkpoint.Id
    }

    It 'keeps the root of an archive that lies elsewhere' {
        $elsewhere = Join-Path $practice.Root elsewhere.tgz
        Move-Item (New-HxCheckpoint @at -WarningAction SilentlyContinue).Path $elsewhere
        Set-Content (Join-Path $practice.Root srv/gateway/config/config.yaml) 'broken: ['
        (Test-HxCheckpoint @at -Path $elsewhere | Compare-HxCheckpoint).Differences.Id | Should -Be '/srv/gateway/config/config.yaml'
    }

    It 'leaves an object to the root that it came from, whatever it was compared or tested below' {
        $checkpoint = New-HxCheckpoint @at -WarningAction SilentlyContinue
        $other = New-PracticeFile
        try {
            $null = $checkpoint | Test-HxCheckpoint -Root $other.Root -Deployment $other.Deployment
            Set-Content (Join-Path $practice.Root srv/gateway/config/config.yaml) 'broken: ['
            ($checkpoint | Compare-HxCheckpoint).Differences.Id | Should -Be '/srv/gateway/config/config.yaml'
        }
        finally { Remove-Practice $other.Root }
    }
}

Describe 'What a pipeline brings' {
    BeforeAll {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        [IO.File]::AppendAllText($practice.Deployment, @'
service:
  unit: practice.service
  description: practice
  command: [/bin/true]
  workingFolder: /
  port: 4010
  account: { user: root, group: root }
  environment: { file: /etc/practice.env, group: root }
  entryPoints:
    - { name: practice, match: "600" }
'@)
        # Something to restore, to undo and to go back to.
        $unit = Join-Path $practice.Root etc/systemd/system/practice.service
        $checkpoint = New-HxCheckpoint @at -WarningAction SilentlyContinue
        [IO.File]::WriteAllText($unit, "[Service]`nExecStart=/bin/sleep 600`n")
        $restore = Restore-HxCheckpoint @at -NoGate -NoServices -Confirm:$false -WarningAction SilentlyContinue
        [IO.File]::WriteAllText($unit, "[Service]`nExecStart=/bin/sleep 600`n")

        # What a command cannot do without, or would take long for.
        $given = @{
            'Copy-HxCheckpoint'   = @{ Destination = $practice.Root }
            'Get-HxFeatureFlag'   = @{ Value = @{ site = 'http://127.0.0.1:1' } }
            'Invoke-HxRollback'   = @{ Plan = 'llm-hub' }
            'Measure-HxGateway'   = @{ Duration = '1s' }
            'Set-HxCheckpoint'    = @{ Pin = $true }
            'Set-HxFeatureFlag'   = @{ State = 'Off' }
            'Watch-HxGateway'     = @{ For = '1s' }
        }

        # How a command takes an object: what it writes and its errors. Nothing is changed.
        function Send-Object($Object, $Command, [hashtable] $Where = @{}) {
            $parameters = $Where + ($given[$Command.Name] ?? @{})
            if ($Command.Parameters.ContainsKey('WhatIf')) { $parameters.WhatIf = $true }
            try { , $Object | & $Command @parameters 2>&1 3>$null 6>$null } catch { $_ }
        }
    }

    AfterAll { Remove-Practice $practice.Root }

    It 'is refused when no command of HxOps wrote it: nothing is done to what is meant without a name' {
        $before = Get-TreeState $practice.Root
        $takers = Get-Command -Module HxOps | Where-Object { $_.Parameters.ContainsKey('InputObject') -and $_.Name -ne 'Measure-HxRollback' }
        $takers | Should -Not -BeNullOrEmpty
        foreach ($command in $takers) {
            foreach ($foreign in 'nosuch', 7, [IO.FileInfo]'/nowhere') {
                $told = @(Send-Object $foreign $command $at)
                $told | Should -HaveCount 1 -Because "$($command.Name) takes '$foreign'"
                $told.FullyQualifiedErrorId | Should -Match '^(InputUnknown|InputObjectNotBound|CheckpointNotFound),' -Because "$($command.Name) takes '$foreign'"
            }
        }
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'is refused when it is nothing at all' {
        foreach ($command in Get-Command -Module HxOps | Where-Object { $_.Parameters.ContainsKey('InputObject') }) {
            $told = @(Send-Object $null $command $at)
            $told.FullyQualifiedErrorId | Should -Match '^ParameterArgumentValidationError' -Because $command.Name
        }
    }

    It 'names what its record says it names: a deployment is no plan, no restore, no entry point' {
        $deployment = Get-HxDeployment @at
        foreach ($command in Get-Command -Module HxOps | Where-Object Name -notin New-HxDeployment, Measure-HxRollback) {
            $failures = @(Send-Object $deployment $command | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            $failures | Where-Object TargetObject -in $deployment.Id, $deployment.Source | Should -BeNullOrEmpty -Because $command.Name
            $failures | Where-Object FullyQualifiedErrorId -match '^(PlanInvalid|PlanNotFound|InputUnknown|Unexpected|Parameter|InputObject|Ambiguous)' |
                Should -BeNullOrEmpty -Because $command.Name
        }
    }

    It 'goes by its record as well when it comes from another host' {
        $afar = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($restore))
        Undo-HxRestore @at -WhatIf -Id $restore.Id 6>$null
        { $afar | Undo-HxRestore @at -WhatIf -ErrorAction Stop 6>$null } | Should -Not -Throw
        ($afar | Test-HxCheckpoint @at).Id | Should -Be $checkpoint.Id
        $plan = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-HxRollbackPlan pilot @at)))
        ($plan | Get-HxRollbackPlan @at).Id | Should -Be pilot
    }

    It 'names an entry point to the commands on entry points, and its checkpoint to those on checkpoints' {
        $past = Get-HxEntryPoint @at $checkpoint.Id
        ($past | Export-HxRunbook).Source | Should -Be $checkpoint.Id
        ($past | Test-HxCheckpoint).Id | Should -Be $checkpoint.Id
        ($past | Restore-HxCheckpoint -NoGate -NoServices -Confirm:$false).Checkpoint | Should -Be $checkpoint.Id
    }
}

Describe 'A wrong argument' {
    BeforeAll {
        $practice = New-PracticeFile
        $known = (Get-Content $PSScriptRoot/../docs/errors.md | Select-String '^\| `(\w+)`').ForEach{ $_.Matches[0].Groups[1].Value }
    }

    AfterAll { Remove-Practice $practice.Root }

    It '<_> has an id, and is no defect of HxOps' -ForEach @(
        'Get-HxKillSwitch -Url localhost:3001/admin/kill-switch'
        'Get-HxKillSwitch -Url foo'
        'Get-HxKillSwitch -Url http://127.0.0.1:1/kill -Health foo'
        'Get-HxKillSwitch -Health http://127.0.0.1:1/healthz'
        'Get-HxFeatureFlag -Url http://127.0.0.1:1/flag'
        'Get-HxFeatureFlag -Name some -Url ftp://127.0.0.1/flag'
        'Get-HxCheckpoint "[a"'
        'Get-HxRestore "[a"'
        'Get-HxRollback "[a"'
        'Get-HxGatewayService "[a"'
        'Get-HxGatewayLog -Pattern "["'
        'Stop-HxGatewayService -Timeout ([timespan]-1) -WhatIf'
        'Stop-HxGatewayService -Timeout 0s -WhatIf'
        'Set-HxEntryPoint -Budget 0s -WhatIf'
        'Measure-HxGateway -Duration ([timespan]-1)'
        'Measure-HxGateway -Duration ([timespan]::MaxValue)'
        'Remove-HxCheckpoint -KeepWithin ([timespan]-1) -WhatIf'
        'Set-HxCheckpoint'
        'Set-HxCheckpoint -Pin -Unpin'
    ) {
        $failure = { & ([scriptblock]::Create("$_ -Root '$($practice.Root)' -Deployment '$($practice.Deployment)'")) } | Should -Throw -PassThru
        $id = ($failure.FullyQualifiedErrorId -split ',')[0]
        $id | Should -Not -BeIn 'Unexpected', 'CheckpointNotFound'
        $id -in $known -or $id -like 'ParameterArgument*Error' | Should -BeTrue -Because $id
        $id -in $known -and -not $failure.ErrorDetails.RecommendedAction | Should -BeFalse
    }
}
