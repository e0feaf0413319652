# What the fleet runbooks share: hosts in waves over pwsh remoting, one summary for each host and one for the fleet.
# ssh, its configuration and its keys do the connecting; a host that falls silent is given up after some seconds.

Set-StrictMode -Version Latest

# The waves: the canaries first, then batches.
function Get-HxFleetWave([string[]] $HostName, [int] $Canary, [int] $BatchSize) {
    $left = [Collections.Generic.List[string]]::new([string[]] @($HostName | Select-Object -Unique))
    for ($size = [Math]::Max($Canary, 0); $left.Count -gt 0; $size = $BatchSize) {
        if ($size -eq 0) { $size = $BatchSize }
        $size = [Math]::Min($size, $left.Count)
        , $left.GetRange(0, $size).ToArray()
        $left.RemoveRange(0, $size)
    }
}

# What is known of a host: nothing is done yet.
function New-HxFleetHost([string] $HostName) {
    [pscustomobject]@{
        PSTypeName = 'HxOps.Fleet.HostSummary'
        Id         = $HostName
        State      = 'NotReached'
        Checkpoint = ''
        Restore    = ''
        Gate       = ''
        ErrorId    = ''
        Reason     = ''
        Remedy     = ''
        ExitCode   = 0
    }
}

# The records that a step wrote on some hosts, and how each host's summary changes by what went wrong.
function Invoke-HxFleetStep([object[]] $Summary, [scriptblock] $Step, [hashtable] $Parameters) {
    $ssh = @{
        HostName          = $Summary.Id
        Options           = @{ BatchMode = 'yes'; ServerAliveInterval = 5; ServerAliveCountMax = 3 }
        ConnectingTimeout = 20000
        ErrorAction       = 'SilentlyContinue'
        ErrorVariable     = 'failures'
    }
    $records = @(Invoke-Command @ssh -ScriptBlock {
            param([string] $Step, [hashtable] $Parameters)
            $ErrorActionPreference = 'Stop'
            Import-Module HxOps
            & ([scriptblock]::Create($Step)) @Parameters
            # Without this last word a host has vanished before its end.
            'done'
        } -ArgumentList ([string] $Step), $Parameters)

    foreach ($one in $Summary) {
        $own = @($records | Where-Object PSComputerName -EQ $one.Id)
        $failure = @($failures | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and (Get-HxFleetErrorHost $_) -eq $one.Id }) | Select-Object -First 1
        $own | Where-Object { $_ -isnot [string] }
        # What the host itself said is a failure of the step; anything else is one of the way there.
        if ($failure -and $failure.Exception -is [Management.Automation.RemoteException]) {
            $one.State = 'Failed'
            $one.ErrorId = ($failure.FullyQualifiedErrorId -split ',')[0]
            $one.Reason = $failure.Exception.Message
            $one.Remedy = [string] $failure.ErrorDetails?.RecommendedAction
            $one.ExitCode = Get-HxFleetExitCode $failure
        }
        elseif ('done' -cnotin $own) {
            $one.State = 'Inconclusive'
            $one.ErrorId = 'HostVanished'
            $one.Reason = $failure ? $failure.Exception.Message : 'The host did not answer to the end.'
            $one.Remedy = 'See that ssh reaches the host, then run the same again: what is left there is brought to an end, and what is done is not done twice.'
            $one.ExitCode = 21
        }
    }
}

# The host that an error came from.
function Get-HxFleetErrorHost([Management.Automation.ErrorRecord] $Failure) {
    $origin = $Failure.PSObject.Properties['OriginInfo']?.Value
    if ($origin) { return $origin.PSComputerName }
    [string] ($Failure.TargetObject -is [string] ? $Failure.TargetObject : $Failure.TargetObject?.PSObject.Properties['ComputerName']?.Value)
}

# The exit code that HxOps gave an error on its host; 1 when the error is not from HxOps.
function Get-HxFleetExitCode([Management.Automation.ErrorRecord] $Failure) {
    [int] ($Failure.Exception.SerializedRemoteException?.PSObject.Properties['ExitCode']?.Value ?? 1)
}

# One summary for the fleet.
function New-HxFleetSummary([string] $Operation, [object[]] $Summary, [DateTime] $StartedUtc) {
    $worst = @($Summary | Where-Object State -In Failed, Inconclusive)
    $isUndone = @($Summary | Where-Object State -EQ Undone).Count -gt 0
    [pscustomobject]@{
        PSTypeName   = 'HxOps.Fleet.Summary'
        Id           = $Operation
        State        = if ($worst.Count -eq 0) { 'Done' } elseif ($isUndone) { 'Undone' } elseif ($worst.State -contains 'Failed') { 'Failed' } else { 'Inconclusive' }
        Hosts        = $Summary.Count
        Done         = @($Summary | Where-Object State -In Done, AlreadyThere).Count
        Undone       = @($Summary | Where-Object State -EQ Undone).Count
        Failed       = @($Summary | Where-Object State -EQ Failed).Count
        Inconclusive = @($Summary | Where-Object State -EQ Inconclusive).Count
        NotReached   = @($Summary | Where-Object State -EQ NotReached).Count
        ExitCode     = if ($worst.Count -eq 0) { 0 } elseif ($isUndone -and $worst.State -notcontains 'Inconclusive') { 20 } else { [int] ($worst.ExitCode | Measure-Object -Maximum).Maximum }
        StartedUtc   = $StartedUtc
        Elapsed      = [DateTime]::UtcNow - $StartedUtc
    }
}

Export-ModuleMember -Function *-HxFleet*
