BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps

    # A plan of one scenario below the practice root.
    function New-Plan([string] $Steps, [string] $Scenario = '') {
        $file = Join-Path $practice.Root plan.yaml
        Set-Content $file @"
format: 1
name: practice
description: A plan to practise on
owner: Platform Team
version: "1"
root: /srv/gateway
target: 5m
budget: 10m
values: { text: new }
scenarios:
  - name: first
    description: the first way
    budget: 5m
    $Scenario
    steps:
$Steps
"@
        $file
    }

    $mark = '      - { name: mark, budget: 5s, action: { do: write-file, file: mark, content: "${text}" }, observe: [{ see: file, file: mark, contains: "${text}" }] }'
    $fail = '      - { name: fail, budget: 5s, action: { do: command, program: "false", read-only: true } }'

    # A pwsh of its own that runs one command as a script without a terminal does.
    function Invoke-Unattended([string] $Command) {
        $output = '' | & (Get-Process -Id $PID).Path -NoProfile -Command "Import-Module '$PSScriptRoot/../HxOps.psd1'; $Command" 2>&1 | Out-String -Width 300
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
    }
}

Describe 'Invoke-HxRollback' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
        $marked = Join-Path $practice.Root srv/gateway/mark
    }
    AfterEach { Remove-Practice $practice.Root }

    It 'carries the plan out with the values that are set, and lists the run' {
        $result = Invoke-HxRollback (New-Plan $mark) first -Value @{ text = 'other' } @at -Confirm:$false
        $result.Outcome | Should -Be 'Succeeded'
        Get-Content $marked | Should -Be 'other'
        $run = Get-HxRollback @at
        $run.Id | Should -Be $result.Id
        $run.State | Should -Be 'Succeeded'
        $run.Steps.Id | Should -Be 'mark'
    }

    It '-WhatIf prints the whole plan with its times and changes nothing' {
        $plan = New-Plan $mark
        $before = Get-TreeState $practice.Root
        $told = Invoke-Unattended "Invoke-HxRollback '$plan' -WhatIf -Root '$($practice.Root)' -Deployment '$($practice.Deployment)'"
        $told.Output | Should -Match 'Rollback practice/first: the first way \(at most 5 min, target 5 min\)'
        $told.Output | Should -Match 'mark: write mark \(at most 5 s, on failure compensate\)'
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'a step that fails takes back what was done: a result, and an error with the exit code of hxops' {
        $result = Invoke-HxRollback (New-Plan "$mark`n$fail") @at -Confirm:$false -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $result.Outcome | Should -Be 'RolledBack'
        $result.Reasons | Should -Match "The step 'fail' failed"
        $failure.FullyQualifiedErrorId | Should -Be 'RollbackTakenBack,HxOps.Commands.InvokeHxRollbackCommand'
        [int]$failure[0].Exception.Id.ExitCode | Should -Be 20
        $marked | Should -Not -Exist
    }

    It 'refuses with an id when nobody can be asked' {
        $plan = New-Plan $mark
        $told = Invoke-Unattended "try { Invoke-HxRollback '$plan' -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' } catch { `$_.FullyQualifiedErrorId; exit [int]`$_.Exception.Id.ExitCode }"
        $told.Output | Should -Match 'NotConfirmed,HxOps'
        $told.ExitCode | Should -Be 5
        $marked | Should -Not -Exist
    }

    It 'runs on a decision that calls for it and on no other' {
        $plan = New-Plan $mark
        $null = @{ errorRatePercent = 0.5 } | Measure-HxRollback | Invoke-HxRollback -Plan $plan @at -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused.FullyQualifiedErrorId | Should -BeLike 'RollbackNotCalledFor,*'
        $marked | Should -Not -Exist
        (@{ errorRatePercent = 7 } | Measure-HxRollback | Invoke-HxRollback -Plan $plan @at -Confirm:$false).Outcome | Should -Be 'Succeeded'
        $marked | Should -Exist
    }

    It 'asks for an approval on the pipeline, and -Confirm:$false gives it' {
        $plan = New-Plan $mark -Scenario 'approvals: [Engineering Manager]'
        (Invoke-HxRollback $plan @at -Confirm:$false).Outcome | Should -Be 'Succeeded'
    }

    It 'completes scenarios, and names one that does not exist' {
        $plan = New-Plan $mark
        (TabExpansion2 "Invoke-HxRollback -Plan '$plan' -Scenario fi").CompletionMatches.CompletionText | Should -Be 'first'
        { Invoke-HxRollback $plan fisrt @at -Confirm:$false } | Should -Throw -ErrorId 'ScenarioNotFound,*' -ExpectedMessage '*first*'
        { Invoke-HxRollback @at -Confirm:$false } | Should -Throw -ErrorId 'PlanNotNamed,*'
    }

    It 'tells the result within 80 columns' {
        $result = Invoke-HxRollback (New-Plan $mark) @at -Confirm:$false
        $text = $result | Get-View80
        $text | Where-Object { $_ -match 'mark \(0\.\d\d s\): mark is as wanted' } | Should -Not -BeNullOrEmpty
        (Get-HxRollback @at | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'Resume-HxRollback' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
    }
    AfterEach { Remove-Practice $practice.Root }

    It 'goes on with a run whose process was killed, and does the rest once' {
        $count = '{ do: command, program: sh, arguments: [-c, "echo x >> NAME.count"] }'
        $die = '{ do: command, program: sh, arguments: [-c, "echo x >> two.count; [ -e once ] || { touch once; kill -9 $PPID; }"] }'
        $plan = New-Plan (@(
                "      - { name: one, budget: 5s, action: $($count -replace 'NAME', 'one') , observe: [{ see: file, file: one.count }] }"
                "      - { name: two, budget: 5s, action: $die, observe: [{ see: file, file: two.count }] }"
                "      - { name: three, budget: 5s, action: $($count -replace 'NAME', 'three'), observe: [{ see: file, file: three.count }] }") -join "`n")
        $null = Invoke-Unattended "Invoke-HxRollback '$plan' -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Confirm:`$false"
        (Get-HxRollback @at).State | Should -Be 'Interrupted'
        { Invoke-HxRollback $plan @at -Confirm:$false } | Should -Throw -ErrorId 'RollbackUnfinished,*'

        (Get-HxRollback @at | Resume-HxRollback @at -Confirm:$false).Outcome | Should -Be 'Succeeded'
        foreach ($step in 'one', 'two', 'three') { @(Get-Content (Join-Path $practice.Root "srv/gateway/$step.count")).Count | Should -Be 1 }
        { Resume-HxRollback @at -Confirm:$false } | Should -Throw -ErrorId 'RollbackNotFound,*'
    }
}
