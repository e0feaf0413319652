# What the suites of the fleet share. They run on a machine that logs in to alpha, beta and gamma by ssh, each with a practice gateway.
# A suite begins with: BeforeAll { Import-Module $PSScriptRoot/Fleet.psm1 -Force }

Set-StrictMode -Version Latest
$script:Hosts = 'alpha', 'beta', 'gamma'

# The practice gateways as new.
function Reset-FleetHost([string[]] $Name = $script:Hosts) {
    foreach ($each in $Name) {
        $told = ssh $each practice-host 2>&1
        if ($LASTEXITCODE -ne 0) { throw "There is no practice gateway on ${each}: $told" }
    }
}

# Runs a command line of the shell on a host; what it wrote.
function Invoke-Shell([string] $Name, [string] $Line) {
    $told = ssh $Name $Line 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$Line on ${Name}: $told" }
    $told -join "`n"
}

# One digest of all that a host's checkpoints manage: names, kinds, modes, owners and bytes.
function Get-TreeDigest([string] $Name) {
    Invoke-Shell $Name 'cd / && tar --sort=name --mtime=@0 -cf - srv/gateway/config srv/gateway/scripts etc/systemd/system/hx-practice.service | sha256sum'
}

# Every path of the gateway with its times and bytes, to show that nothing was touched.
function Get-TreeTimes([string] $Name) {
    Invoke-Shell $Name "find /srv/gateway /etc/hxops /etc/systemd/system/hx-practice.service -printf '%p %m %u %T@ %C@ %s\n' | sort"
}

# Waits for a state with a limit.
function Wait-Until([scriptblock] $Condition, [string] $What, [int] $Seconds = 30) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "Not within $Seconds s: $What" }
        [Threading.Thread]::Sleep(50)
    }
}

# Takes a host's network away, and gives it back.
function Disable-HostLink([string] $Name) { ip link set "to-$Name" down }
function Enable-HostLink([string] $Name) {
    ip link set "to-$Name" up
    Wait-Until { ssh $Name true 2>$null; $LASTEXITCODE -eq 0 } "$Name is back"
}

# What the view of some objects looks like on a terminal of 80 columns.
function Get-View80 {
    param([Parameter(ValueFromPipeline)] $InputObject)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end { ($all | Out-String -Width 80) -split "`n" | ForEach-Object TrimEnd }
}

Export-ModuleMember -Function *
