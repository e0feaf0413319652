BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
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
announcements: [{ name: internal, audience: internal, text: "Rolled back: {plan}/{scenario}" }]
scenarios:
  - name: first
    description: the first way
    budget: 5m
    steps:
      - { name: look, budget: 60s, action: { do: evidence, name: before, get: ["http://127.0.0.1:1/admin/metrics"] } }
      - { name: mark, budget: 5s, action: { do: write-file, file: mark, content: new }, observe: [{ see: file, file: mark }] }
      - { name: announce, budget: 5s, action: { do: announcement, text: internal } }
'@
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Save-HxEvidence' {
    It 'saves private files, and says what did not answer' {
        $evidence = Save-HxEvidence $plan -Note 'a test' @at
        $evidence.Items.Source | Should -Contain 'GET http://127.0.0.1:1/admin/metrics'
        @($evidence.Items | Where-Object { -not $_.IsAvailable }).Count | Should -Be 1
        (Get-Item (Join-Path $evidence.Folder rollback-evidence.txt)).UnixMode | Should -Be '-rw-------'
        ($evidence | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It '-WhatIf saves nothing' {
        $before = Get-TreeState $practice.Root
        Save-HxEvidence $plan @at -WhatIf 6>$null
        Get-TreeState $practice.Root | Should -Be $before
    }
}

Describe 'Export-HxIncidentReport' {
    It 'H-13 H-14 writes the report on a run of the pipeline, with its announcements' {
        $run = Invoke-HxRollback $plan @at -Confirm:$false
        $run.Outcome | Should -Be 'Succeeded'
        $report = $run | Export-HxIncidentReport -ReportFolder (Join-Path $practice.Root reports) @at
        $report.Id | Should -Be $run.Id
        $report.ToBeWritten | Should -BeGreaterThan 5
        $text = Get-Content $report.Markdown -Raw
        $text | Should -Match 'Rolled back: practice/first'
        $text | Should -Match 'announcement-internal\.md'
        Get-Content $report.Html -Raw | Should -Match '<svg '
        $sent = Get-Content (Join-Path $run.Folder announcement-internal.md) -Raw
        $sent | Should -Be 'Rolled back: practice/first'
    }

    It 'H-13 H-14 the shipped plan announces to the team in four fields and to users in one text' {
        $yaml = Get-Content (Join-Path $PSScriptRoot '../src/plans/llm-hub.yaml') -Raw
        foreach ($field in 'Status', 'Impact', 'Action Required', 'ETA for Fix') { $yaml | Should -Match "\*\*$field\*\*:" }
        $yaml | Should -Match 'LLM Hub Rollback - COMPLETED'
        $yaml | Should -Match "temporarily reverted to the classic LLM management interface"
        $yaml | Should -Match 'audience: users, only if needed'
    }

    It '-WhatIf writes nothing, and a run that does not exist is named' {
        $before = Get-TreeState $practice.Root
        Export-HxIncidentReport @at -WhatIf 6>$null
        Get-TreeState $practice.Root | Should -Be $before
        { Export-HxIncidentReport rollback-none @at } | Should -Throw -ErrorId 'RollbackNotFound,*'
    }
}
