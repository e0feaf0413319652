BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    (Get-Content $practice.Deployment -Raw).Replace('units: []', "units:`n  - name: practice.service`n    start: never") | Set-Content $practice.Deployment
    $log = Join-Path $practice.Root var/log/hxops/practice.service.log
    $null = New-Item (Split-Path $log) -ItemType Directory -Force
    [IO.File]::WriteAllText($log, "Started server process`nGET /v1/models 200`nImportException: no key`nall well`n")
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment; Unit = 'practice.service' }
}

AfterAll { Remove-Practice $practice.Root }

Describe 'Get-HxGatewayLog' {
    It 'S-30 finds starts, errors and requests' {
        (Get-HxGatewayLog @at).Count | Should -Be 4
        (Get-HxGatewayLog @at -Topic Starts).Text | Should -Be 'Started server process'
        (Get-HxGatewayLog @at -Topic Errors).Text | Should -Be 'ImportException: no key'
        (Get-HxGatewayLog @at -Topic Requests).Text | Should -Be 'GET /v1/models 200'
        (Get-HxGatewayLog @at -Pattern '^all').Text | Should -Be 'all well'
        Get-HxGatewayLog @at -Priority Error | Should -BeNullOrEmpty
    }

    It 'refuses a pattern that it cannot use in bounded time' {
        { Get-HxGatewayLog @at -Pattern '(a)\1' } | Should -Throw -ErrorId 'LogPatternInvalid,*'
    }

    It 'knows a unit by its short name, and refuses one that the deployment does not have' {
        (Get-HxGatewayLog -Root $practice.Root -Deployment $practice.Deployment -Unit practice).Count | Should -Be 4
        { Get-HxGatewayLog -Root $practice.Root -Deployment $practice.Deployment -Unit nosuch } | Should -Throw -ErrorId 'UnitNotManaged,*'
    }

    It 'S-23 follows, and ends when nobody wants more' {
        $texts = Get-HxGatewayLog @at -Follow | ForEach-Object {
            if ($_.Text -eq 'all well') { [IO.File]::AppendAllText($log, "late line`n") }
            $_.Text
        } | Select-Object -First 5
        $texts[4] | Should -Be 'late line'
    }

    It 'S-23 is stopped as Ctrl+C stops it' {
        $shell = [PowerShell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        $null = $shell.AddScript("Import-Module '$(Split-Path $PSScriptRoot)/HxOps.psd1'; Get-HxGatewayLog -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -Unit practice.service -Follow")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $limit = [Diagnostics.Stopwatch]::StartNew()
        while ($output.Count -eq 0 -and $limit.Elapsed.TotalSeconds -lt 30) { $null = $running.AsyncWaitHandle.WaitOne(20) }
        $shell.Stop()
        $output.Count | Should -BeGreaterThan 0
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $limit.Elapsed.TotalSeconds | Should -BeLessThan 30
        $shell.Dispose()
    }
}
