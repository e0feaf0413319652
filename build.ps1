#!/usr/bin/env pwsh
<#
.SYNOPSIS
    One door to the project for those who live in pwsh. Every task is a few calls of dotnet.
.EXAMPLE
    ./build.ps1 Build
.EXAMPLE
    ./build.ps1 Install -Destination ~/.local/share/powershell/Modules
#>
[CmdletBinding()]
param(
    # What to do.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Help', 'Package', 'Install', 'Demo')]
    [string] $Task = 'Build',

    # Release for use, Debug for looking inside.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Where Install puts the module: a folder of $env:PSModulePath.
    [string] $Destination = (Join-Path $HOME '.local/share/powershell/Modules')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version Latest

$solution = Join-Path $PSScriptRoot 'src/HxOps.slnx'
$version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'HxOps.psd1')).ModuleVersion

# What the module consists of once it is built.
function Copy-Module([string] $Folder) {
    if (Test-Path $Folder) { Remove-Item $Folder -Recurse -Force }
    $null = New-Item $Folder -ItemType Directory -Force
    foreach ($part in 'HxOps.psd1', 'LICENSE', 'bin', 'en-US') {
        Copy-Item (Join-Path $PSScriptRoot $part) $Folder -Recurse
    }
}

switch ($Task) {
    'Build' { dotnet build $solution --configuration $Configuration }
    'Test' { dotnet test $solution --configuration $Configuration }
    'Help' { dotnet build (Join-Path $PSScriptRoot 'src/HxOps/HxOps.csproj') --configuration $Configuration }
    'Demo' { dotnet run --project (Join-Path $PSScriptRoot 'src/HxOps.Cli') --configuration $Configuration -- demo }
    'Package' {
        dotnet build $solution --configuration $Configuration
        $artifacts = Join-Path $PSScriptRoot 'artifacts'
        Copy-Module (Join-Path $artifacts 'HxOps')
        Compress-Archive (Join-Path $artifacts 'HxOps') (Join-Path $artifacts "HxOps-$version.zip") -Force
    }
    'Install' {
        dotnet build $solution --configuration $Configuration
        Copy-Module (Join-Path $Destination "HxOps/$version")
    }
}
