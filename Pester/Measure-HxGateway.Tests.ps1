BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
    # The one request that the practice deployment makes, to a port where nobody listens, decides here.
    $text = [IO.File]::ReadAllText($practice.Deployment) -replace '(?m)^    importance: wanted$', '    importance: required'
    [IO.File]::WriteAllText($practice.Deployment, $text)
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Measure-HxGateway' {
    It 'counts the requests that fail, and makes one round at least' {
        $measurement = Measure-HxGateway @at -Duration 0s
        $measurement.Rounds | Should -Be 1
        $measurement.Requests | Should -Be 1
        $measurement.Failures | Should -Be 1
        $measurement.Signals.ErrorRatePercent | Should -Be 100
        $measurement.Signals.CompleteOutage | Should -BeNullOrEmpty
        ($measurement | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'composes with the decision and the rollback' {
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
scenarios:
  - name: first
    description: the first way
    budget: 5m
    steps:
      - { name: mark, budget: 5s, action: { do: write-file, file: mark, content: new }, observe: [{ see: file, file: mark }] }
'@
        $result = Measure-HxGateway @at -Duration 4s | Measure-HxRollback | Invoke-HxRollback -Plan $plan -Confirm:$false
        $result.Outcome | Should -Be 'Succeeded'
        Join-Path $practice.Root srv/gateway/mark | Should -Exist
    }
}
