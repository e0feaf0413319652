BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Get-HxDeployment' {
    AfterEach { Remove-Item Env:HXOPS_DEPLOYMENT -ErrorAction Ignore }

    It 'shows the shipped deployment when nothing else is said' {
        (Get-HxDeployment).Id | Should -Be 'hx-api-gateway'
    }

    It 'takes the file that HXOPS_DEPLOYMENT names, and -Deployment before it' {
        $env:HXOPS_DEPLOYMENT = $practice.Deployment
        (Get-HxDeployment).Id | Should -Be 'practice'
        (Get-HxDeployment -Deployment hx-api-gateway).Id | Should -Be 'hx-api-gateway'
    }

    It 'takes a path relative to the location of the session' {
        Push-Location $practice.Root
        try { (Get-HxDeployment -Deployment ./practice.yaml).Source | Should -Be $practice.Deployment }
        finally { Pop-Location }
    }

    It 'lists what can be named' {
        (Get-HxDeployment -ListAvailable).Id | Should -Contain 'hx-api-gateway'
    }

    It 'names file, line, column and the nearest key for a key that does not exist' {
        $bad = Join-Path $practice.Root 'bad.yaml'
        (Get-Content $practice.Deployment -Raw).Replace('  keep: 5', '  keeep: 5') | Set-Content $bad
        { Get-HxDeployment -Deployment $bad } | Should -Throw -ErrorId 'DeploymentInvalid,*' -PassThru |
            ForEach-Object { $_.Exception.Message } | Should -Match 'bad\.yaml:\d+:\d+.*keep'
    }

    It 'says which deployment does not exist' {
        { Get-HxDeployment -Deployment nowhere } | Should -Throw -ErrorId 'DeploymentNotFound,*' -PassThru |
            ForEach-Object { $_.TargetObject, [int]$_.Exception.Id.ExitCode } | Should -Be 'nowhere', 3
    }

    It 'shows no secret' {
        $env:MASTER_KEY = 'sk-planted-4711'
        try { Get-HxDeployment | Format-List * | Out-String | Should -Not -Match 'sk-planted-4711|sk-hx-dev-1234' }
        finally { Remove-Item Env:MASTER_KEY }
    }

    It 'New-HxDeployment -WhatIf writes nothing, and fails where the writing would' {
        $file = Join-Path $practice.Root new.yaml
        New-HxDeployment $file -Name another -Folder /opt/another -WhatIf 6>$null | Should -BeNullOrEmpty
        $file | Should -Not -Exist
        { New-HxDeployment $practice.Deployment -Name another -Folder /opt/another -WhatIf } | Should -Throw -ErrorId 'DeploymentExists,*'
        { New-HxDeployment $file -Name another -Folder opt/another -WhatIf } | Should -Throw -ErrorId 'DeploymentInvalid,*'
    }

    It 'completes the names of deployments' {
        (TabExpansion2 'Get-HxDeployment -Deployment hx-').CompletionMatches.CompletionText | Should -Contain 'hx-api-gateway'
    }

    It 'offers and lists what -Deployment takes: every name leads to the file that it was listed from' {
        $root = New-ScratchFolder
        try {
            $null = New-Item (Join-Path $root etc/hxops/deployments) -ItemType Directory
            foreach ($file in 'deployment.yaml', 'deployments/own.yaml', 'deployments/hx-api-gateway.yaml') {
                Copy-Item $practice.Deployment (Join-Path $root etc/hxops $file)
            }
            $files = (Get-HxDeployment -ListAvailable -Root $root).Source
            $files | Should -HaveCount 4
            $offered = (TabExpansion2 "Get-HxDeployment -Root $root -Deployment ").CompletionMatches
            $offered.ToolTip | Should -Be $files
            foreach ($match in $offered) { (Get-HxDeployment -Root $root -Deployment $match.ListItemText).Source | Should -Be $match.ToolTip }
            (Get-HxDeployment -ListAvailable -Root $root | Get-View80) -replace '\s' -join '' | Should -Match 'own\.yaml'
        }
        finally { Remove-Practice $root }
    }

    It 'has a view that fits 80 columns' {
        $view = Get-HxDeployment | Get-View80
        ($view | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $view -join "`n" | Should -Match 'hx-api-gateway'
    }
}
