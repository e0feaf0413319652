@{
    RootModule           = 'bin/HxOps.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b6f6e0c-7d5e-4f0b-9a43-3c1c5a0f9d27'
    Author               = 'HxOps contributors'
    CompanyName          = 'HxOps contributors'
    Copyright            = 'MIT licence, HxOps contributors'
    Description          = 'Checkpoints, verified restores, health gates and rollback for LLM gateway deployments.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('bin/HxOps.Format.ps1xml')
    TypesToProcess       = @('bin/HxOps.Types.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Compare-HxCheckpoint'
        'Confirm-HxRestore'
        'Copy-HxCheckpoint'
        'Disable-HxKillSwitch'
        'Enable-HxKillSwitch'
        'Export-HxIncidentReport'
        'Export-HxRunbook'
        'Get-HxAudit'
        'Get-HxCheckpoint'
        'Get-HxDeployment'
        'Get-HxEntryPoint'
        'Get-HxFeatureFlag'
        'Get-HxGatewayLog'
        'Get-HxGatewayService'
        'Get-HxKillSwitch'
        'Get-HxRestore'
        'Get-HxRollback'
        'Get-HxRollbackPlan'
        'Install-HxGatewayService'
        'Invoke-HxRollback'
        'Measure-HxGateway'
        'Measure-HxRollback'
        'New-HxCheckpoint'
        'New-HxDeployment'
        'Remove-HxCheckpoint'
        'Repair-HxRestore'
        'Restart-HxGatewayService'
        'Restore-HxCheckpoint'
        'Resume-HxRollback'
        'Save-HxEvidence'
        'Set-HxCheckpoint'
        'Set-HxEntryPoint'
        'Set-HxFeatureFlag'
        'Start-HxGatewayService'
        'Stop-HxGatewayService'
        'Test-HxAudit'
        'Test-HxCheckpoint'
        'Test-HxConfiguration'
        'Test-HxDeployment'
        'Test-HxGateway'
        'Test-HxRollbackPlan'
        'Undo-HxRestore'
        'Uninstall-HxGatewayService'
        'Watch-HxGateway'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('Linux', 'PSEdition_Core', 'LLM', 'gateway', 'checkpoint', 'backup', 'restore', 'rollback', 'systemd')
        }
    }
}
