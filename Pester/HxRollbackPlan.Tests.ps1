BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
    $file = Join-Path $practice.Root plan.yaml
    $text = @'
format: 1
name: practice
description: A plan to practise on
owner: Platform Team
version: "1"
review: monthly
root: /srv/gateway
target: 5m
budget: 10m
values: { text: new }
contacts: [{ role: On-Call Engineer, reach: "[Phone/Slack]" }]
scenarios:
  - name: first
    description: the first way
    budget: 5m
    steps:
      - name: mark
        budget: 5s
        action: { do: write-file, file: mark, content: "${text}" }
        observe: [{ see: file, file: mark, contains: "${text}" }]
    success: [{ see: file, file: mark }]
'@
    Set-Content $file $text
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Get-HxRollbackPlan' {
    It 'H-58 H-57 lists the shipped plans with owner, review, version and contacts' {
        $plan = Get-HxRollbackPlan | Where-Object Id -eq llm-hub
        $plan.Owner | Should -Be 'Platform Team'
        $plan.Review | Should -Be 'monthly'
        $plan.Version | Should -Be '1.0 (2025-10-27)'
        $plan.Contacts.Role | Should -Be 'On-Call Engineer', 'Engineering Manager', 'Platform Team', 'Status Page'
        $plan.Contacts.Reach | Should -Contain '#platform-oncall'
        $plan.Contacts.Reach | Should -Contain 'status.your-domain.com'
    }

    It 'reads a plan of a file, with other values' {
        (Get-HxRollbackPlan $file -Value @{ text = 'other' }).Values['text'] | Should -Be 'other'
        { Get-HxRollbackPlan $file -Value @{ txet = 'other' } } | Should -Throw -ErrorId 'PlanValueUnknown,*'
    }

    It 'completes the names of plans' {
        (TabExpansion2 'Get-HxRollbackPlan llm').CompletionMatches.CompletionText | Should -Contain 'llm-hub'
    }

    It 'names file, line and column of a mistake, and the nearest plan' {
        $wrong = Join-Path $practice.Root wrong.yaml
        Set-Content $wrong ($text -replace 'owner:', 'onwer:')
        { Get-HxRollbackPlan $wrong } | Should -Throw -ErrorId 'PlanInvalid,*' -ExpectedMessage '*wrong.yaml:4:1:*owner*'
        { Get-HxRollbackPlan llm-hup } | Should -Throw -ErrorId 'PlanNotFound,*' -ExpectedMessage '*llm-hub*'
    }

    It 'has a view of 80 columns' {
        $view = Get-HxRollbackPlan | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $view | Where-Object { $_ -match '^llm-hub\s+5m 00s' } | Should -Not -BeNullOrEmpty
    }
}

Describe 'Test-HxRollbackPlan' {
    It 'passes a plan that can run here, and names what is still a placeholder' {
        $report = Test-HxRollbackPlan $file @at
        $report.Passed | Should -BeTrue
        $report.Findings.Id | Should -Be 'Placeholder'
    }

    It 'names the step whose file or program is not there' {
        $other = Join-Path $practice.Root other.yaml
        Set-Content $other ($text -replace '\{ do: write-file.*', '{ do: environment-file, file: none.env, key: A, value: "1" }')
        $report = Test-HxRollbackPlan $other @at
        $report.Passed | Should -BeFalse
        ($report.Findings | Where-Object Severity -eq Error).Place | Should -Be 'first/mark'
        Set-Content $other ($text -replace '\{ do: write-file.*', '{ do: command, program: no-such-program-here }')
        (Test-HxRollbackPlan $other @at).Findings.Id | Should -Contain 'ProgramMissing'
    }

    It 'changes nothing' {
        $before = Get-TreeState $practice.Root
        $null = Test-HxRollbackPlan $file @at
        Get-TreeState $practice.Root | Should -Be $before
    }
}
