# What the suites share: the module under test and practice deployments.
# A suite begins with: BeforeAll { Import-Module $PSScriptRoot/Fixture.psm1 -Force; Import-HxOps }

Set-StrictMode -Version Latest
$script:Top = Split-Path $PSScriptRoot

# The module as built from this checkout.
function Import-HxOps {
    Import-Module (Join-Path $script:Top 'HxOps.psd1') -Global -ErrorAction Stop
}

# The hxops of the same build.
function Get-HxOpsProgram { Join-Path $script:Top 'bin/hxops' }

# A folder of its own below the system's temporary folder.
function New-ScratchFolder {
    $folder = Join-Path ([IO.Path]::GetTempPath()) ('hxops-pester-' + [Guid]::NewGuid().ToString('N').Substring(0, 12))
    (New-Item $folder -ItemType Directory).FullName
}

# The owners of a practice root belong to whoever runs the suite.
function Get-PracticeOwner { @{ '*' = [Environment]::UserName } }

# A practice deployment without a gateway: its files below a root, and its own deployment file. Returns Root, Deployment, Backups.
function New-PracticeFile {
    $root = New-ScratchFolder
    $files = [ordered]@{
        'srv/gateway/config/config.yaml'            = "model_list:`n  - model_name: small`n    litellm_params:`n      model: ollama/small`n"
        'srv/gateway/scripts/tests/run.sh'          = "#!/bin/sh`necho ok`n"
        'srv/gateway/scripts/tests/gateway.env'     = "BASE=http://127.0.0.1:1`n"
        'srv/gateway/logs/smoke-1.log'              = "all probes passed`n"
        'etc/systemd/system/practice.service'       = "[Unit]`nDescription=Practice`n[Service]`nExecStart=/bin/true`n"
    }
    foreach ($name in $files.Keys) {
        $path = Join-Path $root $name
        $null = New-Item (Split-Path $path) -ItemType Directory -Force
        [IO.File]::WriteAllText($path, $files[$name])
    }
    $deployment = Join-Path $root 'practice.yaml'
    [IO.File]::WriteAllText($deployment, (Get-Content (Join-Path $PSScriptRoot 'practice.yaml') -Raw))
    [pscustomobject]@{ Root = $root; Deployment = $deployment; Backups = Join-Path $root 'srv/gateway/backups' }
}

# Removes what New-ScratchFolder or New-PracticeFile made.
function Remove-Practice([string] $Root) {
    if ($Root -like '*hxops-pester-*') { Remove-Item $Root -Recurse -Force -ErrorAction Ignore }
}

# The practice gateway of the demo: a real process with units, backends and wrapper below a root. Returns the root.
function New-PracticeGateway {
    $root = Join-Path ([IO.Path]::GetTempPath()) ('hxops-pester-' + [Guid]::NewGuid().ToString('N').Substring(0, 12))
    $told = & (Get-HxOpsProgram) demo new $root 2>&1 | Out-String
    if ($LASTEXITCODE -ne 0) { throw "There is no practice gateway: $told" }
    $root
}

# Stops and removes what New-PracticeGateway made.
function Remove-PracticeGateway([string] $Root) {
    $null = & (Get-HxOpsProgram) demo end $Root 2>&1
    Remove-Practice $Root
}

# Every path below a folder with mode, size, time and hash, to show that nothing changed.
function Get-TreeState([string] $Folder) {
    Get-ChildItem $Folder -Recurse -Force | Sort-Object FullName | ForEach-Object {
        $hash = if ($_ -is [IO.FileInfo]) { (Get-FileHash -LiteralPath $_.FullName).Hash } else { '' }
        '{0} {1} {2} {3}' -f $_.FullName, $_.UnixMode, $_.LastWriteTimeUtc.Ticks, $hash
    }
}

# What the view of some objects looks like on a terminal of 80 columns.
function Get-View80 {
    param([Parameter(ValueFromPipeline)] $InputObject)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end { ($all | Out-String -Width 80) -split "`n" | ForEach-Object TrimEnd }
}

Export-ModuleMember -Function *
