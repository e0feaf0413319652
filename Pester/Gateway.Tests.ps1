# The main job, against a gateway that runs.

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $root = New-PracticeGateway
    $at = @{ Root = $root }
    $owner = Get-PracticeOwner
    $config = Join-Path $root opt/HX-Infrastructure-/api-gateway/config/api-gateway/config.yaml
}

AfterAll { Remove-PracticeGateway $root }

Describe 'A practice gateway' {
    It 'C-42 C-43 C-44 C-45 C-46 is healthy: unit, 16 models, 1024 dimensions, the same chat twice, the last log' {
        $report = Test-HxGateway @at -Wait 30
        $report.Verdict | Should -Be 'Healthy'
        ($report.Probes | Where-Object Id -eq models).Finding | Should -Match '16 models'
        ($report.Probes | Where-Object Id -eq embeddings).Finding | Should -Match '1024'
    }

    It 'C-47 is reported in the words of the kit' {
        $text = Test-HxGateway @at | Get-View80
        foreach ($line in '=== [validate_restore] Quick probes ===', '--> systemd status', '--> last smoke log') { $text | Should -Contain $line }
        $text -join "`n" | Should -Match '/v1/models responds'
        $text -join "`n" | Should -Match 'Validation complete\.\s*$'
    }

    It 'C-25 C-37 is broken, restored and healthy again' {
        $checkpoint = New-HxCheckpoint @at -Note 'good'
        $checkpoint.Gateway | Should -Be 'Answering'
        $good = Get-Content $config -Raw
        Set-Content $config 'model_list: []'
        $result = Restore-HxCheckpoint @at -MapOwner $owner -Confirm:$false
        $result.Outcome | Should -Be 'Restored'
        $result.Gate.Verdict | Should -Be 'Healthy'
        Get-Content $config -Raw | Should -Be $good
    }

    It 'C-49 shows no key in any output' {
        $text = (Test-HxGateway @at | Format-List * | Out-String) + (Get-HxDeployment @at | Format-List * | Out-String) + (Get-HxGatewayLog @at | Out-String)
        $text | Should -Not -Match 'sk-hx-dev'
    }
}
