#!/usr/bin/env pwsh
<#
.SYNOPSIS
    One door to the project for those who live in pwsh. Every task is a few calls of dotnet.
.EXAMPLE
    ./build.ps1 Build
.EXAMPLE
    ./build.ps1 Package
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
    [string] $Destination = (Join-Path $HOME '.local/share/powershell/Modules'),

    # Where Package puts the packages.
    [string] $Output = (Join-Path $PSScriptRoot 'artifacts'),

    # Takes what was built before.
    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version Latest

$solution = Join-Path $PSScriptRoot 'src/HxOps.slnx'
$version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'HxOps.psd1')).ModuleVersion

$artifacts = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Output)

# An empty folder.
function New-EmptyFolder([string] $Folder) {
    if (Test-Path $Folder) { Remove-Item $Folder -Recurse -Force }
    $null = New-Item $Folder -ItemType Directory -Force
}

# What the module consists of once it is built. Symbols tell where they were built, and stay there.
function Copy-Module([string] $Folder) {
    New-EmptyFolder $Folder
    foreach ($part in 'HxOps.psd1', 'LICENSE', 'bin', 'en-US') {
        Copy-Item (Join-Path $PSScriptRoot $part) $Folder -Recurse -Exclude '*.pdb'
    }
    Get-ChildItem $Folder -Recurse -Filter '*.pdb' | Remove-Item
}

# The package that a gallery takes.
function New-GalleryPackage([string] $Module) {
    $manifest = Import-PowerShellDataFile (Join-Path $Module 'HxOps.psd1')
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_", "PSCommand_$_" }
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + $cmdlets
    $nuspec = Join-Path $artifacts 'HxOps.nuspec'
    (Get-Content (Join-Path $PSScriptRoot 'src/HxOps/HxOps.nuspec') -Raw).
        Replace('$version$', $version).Replace('$description$', $manifest.Description).Replace('$tags$', $tags -join ' ') | Set-Content $nuspec
    dotnet pack (Join-Path $PSScriptRoot 'src/HxOps/HxOps.csproj') --no-build --configuration $Configuration --output $artifacts `
        "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$Module" '-p:NoWarn=NU5100%3BNU5110%3BNU5111%3BNU5128'
    Remove-Item $nuspec
    Set-Executable (Join-Path $artifacts "HxOps.$version.nupkg") 'bin/hxops'
}

# dotnet pack keeps no modes, and a guard of restores is started as bin/hxops: what unpacks the package has to find it executable.
function Set-Executable([string] $Package, [string] $Member) {
    $regularFile755 = 0x81ED
    $zip = [IO.Compression.ZipFile]::Open($Package, 'Update')
    try { $zip.GetEntry($Member).ExternalAttributes = $regularFile755 -shl 16 }
    finally { $zip.Dispose() }
}

# hxops for a host that has neither .NET nor a registry: a folder, and the same as one file to carry there. It is compiled to machine code, which
# starts in a tenth of the time; that takes a linker, and without one it comes with a runtime of its own.
function New-StandaloneFolder([string] $Folder) {
    New-EmptyFolder $Folder
    $linker = Get-Command clang, gcc -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if (-not $linker) { Write-Warning 'hxops is not compiled to machine code: there is neither clang nor gcc on the PATH. It comes with a runtime of its own.' }
    $native = $linker ? @('-p:PublishAot=true', "-p:CppCompilerAndLinker=$($linker.Name)") : @()
    $scratch = Join-Path ([IO.Path]::GetTempPath()) "hxops-publish-$([Guid]::NewGuid())"
    try {
        # Built apart: what this needs must not get into the checkout's build.
        dotnet publish (Join-Path $PSScriptRoot 'src/HxOps.Cli/HxOps.Cli.csproj') --configuration $Configuration --runtime linux-x64 --self-contained `
            --artifacts-path $scratch --output $Folder -p:RestoreLockedMode=false "-p:NuGetLockFilePath=$scratch/`$(MSBuildProjectName).lock.json" -p:DebugType=none $native
    }
    finally { if (Test-Path $scratch) { Remove-Item $scratch -Recurse -Force } }
    Get-ChildItem $Folder -Filter '*.xml' | Remove-Item
    Move-Item (Join-Path $Folder 'HxOps.Cli') (Join-Path $Folder 'hxops')
    foreach ($part in 'deployments', 'plans', 'runbooks') {
        $null = New-Item (Join-Path $Folder $part) -ItemType Directory -Force
        Copy-Item (Join-Path $PSScriptRoot "src/$part/*") (Join-Path $Folder $part) -Recurse -Force
    }
    Copy-Item (Join-Path $PSScriptRoot 'LICENSE') $Folder
    tar --owner=0 --group=0 --numeric-owner --sort=name -C (Split-Path $Folder) -czf "$Folder.tar.gz" (Split-Path $Folder -Leaf)
}

# The Ansible collection, where ansible-galaxy is at hand.
function New-Collection {
    if (-not (Get-Command ansible-galaxy -ErrorAction Ignore)) {
        Write-Warning 'The Ansible collection is not built: there is no ansible-galaxy on the PATH.'
        return
    }
    ansible-galaxy collection build (Join-Path $PSScriptRoot 'src/ansible') --output-path $artifacts --force
}

switch ($Task) {
    'Build' { dotnet build $solution --configuration $Configuration }
    'Test' { dotnet test $solution --configuration $Configuration }
    'Help' { dotnet build (Join-Path $PSScriptRoot 'src/HxOps/HxOps.csproj') --configuration $Configuration }
    'Demo' { dotnet run --project (Join-Path $PSScriptRoot 'src/HxOps.Cli') --configuration $Configuration -- demo }
    'Package' {
        if (-not $NoBuild) { dotnet build $solution --configuration $Configuration }
        Copy-Module (Join-Path $artifacts 'HxOps')
        New-GalleryPackage (Join-Path $artifacts 'HxOps')
        New-StandaloneFolder (Join-Path $artifacts "hxops-$version-linux-x64")
        New-Collection
    }
    'Install' {
        if (-not $NoBuild) { dotnet build $solution --configuration $Configuration }
        Copy-Module (Join-Path $Destination "HxOps/$version")
    }
}
