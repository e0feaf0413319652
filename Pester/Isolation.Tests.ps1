BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    $manifest = Join-Path $PSScriptRoot '../HxOps.psd1'

    # Runs a script in a pwsh of its own, since assemblies cannot be unloaded.
    function Invoke-Apart([string] $Script) {
        $all = "`$PSStyle.OutputRendering = 'PlainText'; `$ErrorActionPreference = 'Stop'; `$ConfirmPreference = 'None'`n" + $Script
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($all))
        $output = pwsh -NoProfile -NonInteractive -EncodedCommand $encoded 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $output
        $output.Trim()
    }
}

Describe 'Isolation' {
    It 'works beside a <_> that something else has loaded first' -ForEach 'YamlDotNet', 'ICSharpCode.SharpZipLib', 'DiffPlex' {
        $practice = New-PracticeFile
        try {
            Invoke-Apart @"
                Copy-Item '$PSScriptRoot/../bin/$_.dll' '$($practice.Root)'
                `$null = [Reflection.Assembly]::LoadFrom('$($practice.Root)/$_.dll')
                Import-Module '$manifest'
                `$null = New-HxCheckpoint -Deployment '$($practice.Deployment)' -Root '$($practice.Root)' | Test-HxCheckpoint -Drill
                `$mine = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq '$_' }
                (`$mine | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name } | Sort-Object) -join ' '
"@ | Should -BeIn 'Default', 'Default HxOps.Codecs'
        }
        finally { Remove-Practice $practice.Root }
    }

    It 'keeps its packages out of the session, and its outputs in it' {
        Invoke-Apart @"
            Import-Module '$manifest'
            `$null = Get-HxDeployment
            '{0} {1} {2}' -f [bool]('YamlDotNet.Core.Parser' -as [type]), [bool]('HxOps.Codecs.CodecFactory' -as [type]), [bool]('HxOps.Checkpoints.CheckpointInfo' -as [type])
"@ | Should -Be 'False False True'
    }

    It 'works when another module brings its YamlDotNet afterwards' {
        $practice = New-PracticeFile
        try {
            Invoke-Apart @"
                Import-Module '$manifest'
                `$null = Get-HxDeployment
                Copy-Item '$PSScriptRoot/../bin/YamlDotNet.dll' '$($practice.Root)'
                `$null = [Reflection.Assembly]::LoadFrom('$($practice.Root)/YamlDotNet.dll')
                (Get-HxDeployment).Id
"@ | Should -Be 'hx-api-gateway'
        }
        finally { Remove-Practice $practice.Root }
    }
}
