BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps

    # A unit below a root that runs a "pipeline" now and ran a "litellm" when the checkpoint was taken; both are real processes.
    function New-EntryPointPractice([string] $Before) {
        $practice = New-PracticeFile
        $text = (Get-Content $practice.Deployment -Raw) + @'
service:
  unit: practice.service
  description: practice
  command: [/bin/true]
  workingFolder: /
  port: 4010
  account: { user: root, group: root }
  environment: { file: /etc/practice.env, group: root }
  entryPoints:
    - { name: pipeline, match: "600" }
    - { name: litellm, match: "500" }
'@
        [IO.File]::WriteAllText($practice.Deployment, $text)
        $unit = Join-Path $practice.Root etc/systemd/system/practice.service
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        [IO.File]::WriteAllText($unit, "[Service]`nExecStart=$Before`n")
        $null = New-HxCheckpoint @at -Note 'before the pipeline'
        [IO.File]::WriteAllText($unit, "[Service]`nExecStart=/bin/sleep 600`n")
        $practice
    }

    function Stop-Practice([string] $Root) {
        Get-ChildItem /proc -Directory | Where-Object Name -match '^\d+$' | ForEach-Object {
            $folder = (Get-Item "$($_.FullName)/cwd" -ErrorAction Ignore).Target
            if ($folder -eq $Root) { Stop-Process -Id ([int]$_.Name) -Force -ErrorAction Ignore }
        }
        Remove-Practice $Root
    }
}

Describe 'Get-HxEntryPoint and Set-HxEntryPoint' {
    BeforeEach {
        $practice = New-EntryPointPractice '/bin/sleep 500'
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $dropIn = Join-Path $practice.Root etc/systemd/system/practice.service.d/override.conf
    }

    AfterEach { Stop-Practice $practice.Root }

    It 'E-11 lists the live entry point and the one that a checkpoint holds' {
        $known = Get-HxEntryPoint @at
        $known.Id | Should -Be @('live', (Get-HxCheckpoint @at).Id)
        $known.Command | Should -Be @('/bin/sleep 600', '/bin/sleep 500')
        $known[1].Kind | Should -Be litellm
        $known[0].IsCurrent | Should -BeTrue
        (Get-HxEntryPoint @at gw-*).Note | Should -Be 'before the pipeline'
        { Get-HxEntryPoint @at nosuch } | Should -Throw -ErrorId 'EntryPointNotFound,*'
    }

    It 'E-06 E-18 sets what comes through the pipeline, and proves it by the running process' {
        $result = Get-HxEntryPoint @at | Where-Object Kind -eq litellm | Set-HxEntryPoint -Confirm:$false
        $result.Outcome | Should -Be Set
        [int]$result.ExitCode | Should -Be 0
        $result.RunningCommand | Should -Be '/bin/sleep 500'
        (Get-Content "/proc/$($result.MainProcessId)/cmdline" -Raw) -replace "`0", ' ' | Should -Match '^/bin/sleep 500'
        Get-Content $dropIn -Raw | Should -Be "[Service]`nExecStart=`nExecStart=/bin/sleep 500`n"
        (Set-HxEntryPoint @at live -Confirm:$false).Outcome | Should -Be AlreadyThere
    }

    It 'prints the drop-in and the steps with -WhatIf, and changes no byte and no time' {
        $before = Get-TreeState $practice.Root
        Set-HxEntryPoint @at -WhatIf | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
        $script = "Import-Module '$PSScriptRoot/../HxOps.psd1'; Set-HxEntryPoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -WhatIf"
        $text = pwsh -NoProfile -NonInteractive -Command $script | Out-String
        $text | Should -Match '(?s)ExecStart=\r?\n\s+ExecStart=/bin/sleep 500\s+reload the unit definitions.*restart practice\.service'
    }

    It 'goes back when nothing answers, and says so by result, error and exit code 20' {
        $null = Set-HxEntryPoint @at live -Confirm:$false # so that the one before runs
        $result = Set-HxEntryPoint @at -HealthPath /health -Budget 1s -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be RolledBack
        [int]$result.ExitCode | Should -Be 20
        $result.Reason | Should -Match '/health'
        $result.RunningCommand | Should -Be '/bin/sleep 600'
        $failures.FullyQualifiedErrorId | Should -Contain 'EntryPointRolledBack,HxOps.Commands.SetHxEntryPointCommand'
        $dropIn | Should -Not -Exist
    }

    It 'E-08 refuses a placeholder by name' {
        Stop-Practice $practice.Root
        $practice = New-EntryPointPractice '/bin/sleep --config /path/to/your/config.yaml 500'
        $failure = { Set-HxEntryPoint -Root $practice.Root -Deployment $practice.Deployment -Confirm:$false } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'EntryPointPlaceholder,*'
        $failure.TargetObject | Should -Be '/path/to/your/config.yaml'
    }

    It 'E-12 rehearses in a sandbox, and says what stood in for a program that cannot run' {
        Stop-Practice $practice.Root
        $practice = New-EntryPointPractice '/opt/litellm 500'
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $program = Join-Path $practice.Root opt/litellm
        $null = New-Item (Split-Path $program) -ItemType Directory
        [IO.File]::WriteAllText($program, "#!/none/bin/python`n")
        chmod 755 $program
        $WhatIfPreference = $true
        (Set-HxEntryPoint @at -HealthPath /health -Rehearse).IsProven | Should -BeTrue
        $WhatIfPreference = $false
        $report = Set-HxEntryPoint @at -HealthPath /health -Rehearse -WhatIf
        $report.Reason | Should -BeNullOrEmpty
        $report.IsProven | Should -BeTrue
        $report.RanProgram | Should -BeFalse
        $report.StoodIn -join "`n" | Should -Match '/opt/litellm cannot run here'
        Join-Path $practice.Root etc/systemd/system/practice.service.d | Should -Not -Exist
    }

    It 'E-02 E-20 writes the procedure with the values of the deployment' {
        $document = Export-HxRunbook @at
        $document.Text | Should -Match '(?s)## Rollback Procedure.*ExecStart=/bin/sleep 500.*systemctl daemon-reload'
        $document.Status.Status | Should -Be 'Not Started'
        { Export-HxRunbook @at -InPlace } | Should -Throw -ErrorId 'ProcedureDocumentNotNamed,*'
        { Export-HxRunbook @at -InPlace -WhatIf 6>$null } | Should -Throw -ErrorId 'ProcedureDocumentNotNamed,*'
        $null = Set-HxEntryPoint @at -Confirm:$false
        (Export-HxRunbook @at (Get-HxCheckpoint @at).Id).Status.CompletionPercent | Should -Be 100
    }

    It 'completes ids' {
        $line = "Set-HxEntryPoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Source gw"
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Be (Get-HxCheckpoint @at).Id
    }

    It 'shows both in 80 columns' {
        $list = Get-HxEntryPoint @at | Get-View80
        $result = Set-HxEntryPoint @at -Confirm:$false | Get-View80
        ($list + $result | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $result -join "`n" | Should -Match 'Outcome +: Set'
    }
}
