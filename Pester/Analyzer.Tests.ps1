BeforeDiscovery {
    $top = Split-Path $PSScriptRoot
    $scripts = @(Get-Item $top/build.ps1, $top/HxOps.psd1) + (Get-ChildItem $top/src/runbooks, $top/Pester, $top/tests -Recurse -File -Include *.ps1, *.psm1 |
            Where-Object FullName -notmatch '/(bin|obj)/') | ForEach-Object { @{ Path = $_.FullName; Name = [IO.Path]::GetRelativePath($top, $_.FullName) } }
    $absent = -not (Get-Module PSScriptAnalyzer -ListAvailable)
}

Describe 'PSScriptAnalyzer' {
    It 'has nothing to say about <Name>' -ForEach $scripts -Skip:$absent {
        # Names of rules that do not fit: suites define variables in one block and use them in another, fixtures change state in scratch folders,
        # and a runbook's -Profile is the gate's.
        $excluded = 'PSUseDeclaredVarsMoreThanAssignments', 'PSUseShouldProcessForStateChangingFunctions', 'PSReviewUnusedParameter', 'PSUseSingularNouns', 'PSAvoidAssignmentToAutomaticVariable'
        $found = Invoke-ScriptAnalyzer -Path $Path -Severity Warning, Error -ExcludeRule $excluded
        $found | ForEach-Object { '{0}:{1} {2} {3}' -f $_.ScriptName, $_.Line, $_.RuleName, $_.Message } | Should -BeNullOrEmpty
    }
}
