BeforeDiscovery {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $commands = Get-Command -Module HxOps | ForEach-Object { @{ Name = $_.Name } }
    # Examples are what stands in a block of "powershell"; "powershell norun" is for what needs another machine.
    $examples = Get-ChildItem $PSScriptRoot/../docs/en-US/*-*.md | ForEach-Object {
        $name = $_.BaseName
        $number = 0
        [regex]::Matches((Get-Content $_ -Raw), '(?ms)^```(powershell[^\n]*)\n(.*?)^```') | ForEach-Object {
            $number++
            @{ Name = $name; Number = $number; Code = $_.Groups[2].Value; Runs = $_.Groups[1].Value -notlike '*norun*' }
        }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'Help of <Name>' -ForEach $commands {
    It 'says what it does, and shows an example' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeLike "*$Name*"
        $help.Description.Text | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterThan 0
    }

    It 'says something about every parameter' {
        $common = [Management.Automation.Cmdlet]::CommonParameters
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }) {
            (Get-Help $Name -Parameter $parameter).Description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter"
        }
    }

    It 'tells the position, the aliases and the pipeline as the command has them' {
        foreach ($documented in (Get-Help $Name).Parameters.Parameter) {
            $real = (Get-Command $Name).Parameters[$documented.Name]
            $sets = $real.ParameterSets.Values
            $documented.PipelineInput -like 'True*' | Should -Be ([bool]($sets.ValueFromPipeline -contains $true -or $sets.ValueFromPipelineByPropertyName -contains $true))
            $documented.Aliases | Should -Be ($real.Aliases ? ($real.Aliases -join ', ') : 'none')
        }
    }
}

Describe 'About topics' {
    It '<_> can be read' -ForEach (Get-ChildItem $PSScriptRoot/../docs/en-US/about_*.md).BaseName {
        $text = Get-Help $_
        $text | Should -Match 'LONG DESCRIPTION'
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 110
    }
}

Describe 'Examples' {
    BeforeAll {
        $practice = New-PracticeFile
        $PSDefaultParameterValues = @{ '*-Hx*:Root' = $practice.Root; '*-Hx*:Deployment' = $practice.Deployment }
        # Something to list, compare and undo.
        $null = New-HxCheckpoint -Note first
        $null = New-HxCheckpoint -Note second
        [IO.File]::AppendAllText((Join-Path $practice.Root 'srv/gateway/config/config.yaml'), "# changed`n")
        $null = Restore-HxCheckpoint -Confirm:$false
        # What an example writes to a relative path goes with the practice root.
        Push-Location $practice.Root
    }

    AfterAll {
        Pop-Location
        Remove-Practice $practice.Root
    }

    It '<Name>: example <Number> is PowerShell' -ForEach $examples {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }

    It '<Name>: example <Number> runs' -ForEach ($examples | Where-Object Runs) {
        { & ([scriptblock]::Create($Code)) 6>$null | Out-Null } | Should -Not -Throw
    }
}
