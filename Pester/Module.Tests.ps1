BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'The module' {
    It 'exports what its manifest says' {
        $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot '../HxOps.psd1')
        (Get-Command -Module HxOps).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'uses approved verbs only' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module HxOps).Verb | Where-Object { $_ -notin $approved } | Should -BeNullOrEmpty
    }

    It 'asks before it changes anything: every verb that changes has -WhatIf and -Confirm' {
        $changing = Get-Command -Module HxOps | Where-Object Verb -notin 'Get', 'Test', 'Watch', 'Compare', 'Measure'
        $changing | Should -Not -BeNullOrEmpty
        foreach ($command in $changing) {
            $command.Parameters.Keys | Should -Contain 'WhatIf' -Because $command.Name
            $command.Parameters.Keys | Should -Contain 'Confirm' -Because $command.Name
        }
    }

    It 'takes -Deployment and -Root everywhere but where a deployment is written' {
        foreach ($command in Get-Command -Module HxOps | Where-Object Name -ne New-HxDeployment) {
            $command.Parameters.Keys | Should -Contain 'Deployment' -Because $command.Name
            $command.Parameters.Keys | Should -Contain 'Root' -Because $command.Name
        }
    }

    It 'means the same by the same parameter everywhere: its type, its aliases, and what the pipeline gives to it' {
        # A listing takes several ids with wildcards, a change one; a checkpoint's id may come from any table or document.
        $deliberate = @{ Id = 'String[]|False', 'String[]|True', 'String|False' }
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        $parameters = Get-Command -Module HxOps | ForEach-Object { $_.Parameters.Values } | Where-Object Name -notin $common | Group-Object Name
        foreach ($parameter in $parameters) {
            $forms = $parameter.Group | ForEach-Object {
                $sets = $_.ParameterSets.Values
                if ($deliberate.ContainsKey($_.Name)) { '{0}|{1}' -f $_.ParameterType.Name, ($sets.ValueFromPipelineByPropertyName -contains $true) }
                else { '{0}|{1}|{2}|{3}' -f $_.ParameterType, ($_.Aliases -join ','), ($sets.ValueFromPipeline -contains $true), ($sets.ValueFromPipelineByPropertyName -contains $true) }
            } | Sort-Object -Unique
            $forms | Should -HaveCount ($deliberate[$parameter.Name]?.Count ?? 1) -Because $parameter.Name
            if ($deliberate.ContainsKey($parameter.Name)) { $forms | Should -Be $deliberate[$parameter.Name] }
        }
    }

    It 'can be removed and imported again in the same session' {
        Remove-Module HxOps
        Get-Command Get-HxDeployment -ErrorAction Ignore | Should -BeNullOrEmpty
        Import-HxOps
        (Get-HxDeployment).Id | Should -Be 'hx-api-gateway'
    }

    It 'has a view for every output that fits 80 columns' {
        $views = [xml](Get-Content (Join-Path $PSScriptRoot '../bin/HxOps.Format.ps1xml') -Raw)
        $viewed = $views.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName
        $outputs = (Get-Command -Module HxOps).OutputType.Name | Where-Object { $_ -like 'HxOps.*' } | Sort-Object -Unique
        $outputs | Where-Object { $_ -notin $viewed } | Should -BeNullOrEmpty
        foreach ($table in $views.Configuration.ViewDefinitions.View.TableControl | Where-Object { $_ }) {
            $columns = @($table.TableHeaders.TableColumnHeader)
            $widths = @($columns.Width | Where-Object { $_ })
            # A last column without a width takes what is left, of which there must be some.
            $most = $widths.Count -eq $columns.Count ? 80 : 72
            ($widths | Measure-Object -Sum).Sum + $widths.Count | Should -BeLessOrEqual $most -Because $table.ParentNode.Name
        }
    }

    # Without it the serializer of remoting makes text of what lies in a record (HxOps.Types.ps1xml).
    It 'tells for every output how deep its parts are' {
        function Get-Depth([type] $Type, [int] $Level = 0) {
            if ($Level -gt 6) { return 0 }
            $inner = if ($Type.IsGenericType -and $Type.Namespace -notlike 'HxOps*') { $Type.GetGenericArguments() }
            elseif ($Type.Namespace -like 'HxOps*' -and -not $Type.IsEnum) { $Type.GetProperties().PropertyType }
            $own = [int] ($Type.Namespace -like 'HxOps*' -and -not $Type.IsEnum)
            $own + [int] ($inner | ForEach-Object { Get-Depth $_ ($Level + 1) } | Measure-Object -Maximum).Maximum
        }

        foreach ($type in (Get-Command -Module HxOps).OutputType.Type | Where-Object Namespace -Like 'HxOps*' | Sort-Object FullName -Unique) {
            $depth = Get-Depth $type
            if ($depth -gt 1) { (Get-TypeData $type.FullName).SerializationDepth | Should -BeGreaterOrEqual $depth -Because $type.FullName }
        }
    }
}
