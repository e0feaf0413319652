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
    FormatsToProcess     = @()
    TypesToProcess       = @()
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @()
}
