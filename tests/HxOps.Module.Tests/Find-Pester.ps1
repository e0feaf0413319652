# Prints the version of pwsh and that of the Pester which the suites would use.
$pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version -Descending | Select-Object -First 1
'{0}.{1} {2}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor, $pester.Version
