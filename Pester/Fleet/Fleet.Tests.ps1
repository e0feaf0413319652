# The fleet runbooks over three hosts, each run by a pwsh of its own as an operator runs it.

BeforeAll {
    Import-Module $PSScriptRoot/Fleet.psm1 -Force
    $hosts = 'alpha', 'beta', 'gamma'
    $config = '/srv/gateway/config/config.yaml'

    # Summaries, exit code and text of a runbook.
    function Invoke-Runbook([string] $Name, [hashtable] $Parameters) {
        $file = Join-Path ([IO.Path]::GetTempPath()) "$([Guid]::NewGuid()).xml"
        $script = "& '$PSScriptRoot/runbooks/$Name.ps1' -HostName alpha, beta, gamma " + (-join ($Parameters.Keys | ForEach-Object { "-${_}:$($Parameters[$_]) " })) + "| Tee-Object -Variable all; `$code = `$LASTEXITCODE; `$all | Export-Clixml '$file'; exit `$code"
        $text = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script 2>&1 | Out-String -Width 200
        $code = $LASTEXITCODE
        $all = (Test-Path $file) ? @(Import-Clixml $file) : @()
        [pscustomobject]@{
            ExitCode = $code; Text = $text
            Host = @{} + ($all | Where-Object { $_.psobject.TypeNames -contains 'Deserialized.HxOps.Fleet.HostSummary' } | ForEach-Object -Begin { $h = @{} } -Process { $h[$_.Id] = $_ } -End { $h })
            Fleet = $all | Where-Object { $_.psobject.TypeNames -contains 'Deserialized.HxOps.Fleet.Summary' }
        }
    }

    # Each host has a checkpoint and has changed since; the checkpoint of a broken one holds a configuration that does not work.
    function Initialize-Fleet([string] $Broken = '') {
        Reset-FleetHost
        foreach ($name in $hosts) {
            $flaw = $name -eq $Broken ? "echo '# broken' >> $config;" : ''
            $null = Invoke-Shell $name "$flaw hxops checkpoint new; sed -i /broken/d $config; echo '# later' >> $config; systemctl restart hx-practice.service; hxops gateway test --wait 10"
        }
    }
}

Describe 'Fleets' {
    It 'a checkpoint is taken, proven and gated on each host, and a second run finds it' {
        Reset-FleetHost
        $first = Invoke-Runbook Invoke-HxFleetCheckpoint @{ Note = 'nightly' }
        $second = Invoke-Runbook Invoke-HxFleetCheckpoint @{ Note = 'nightly' }

        $first.ExitCode | Should -Be 0 -Because $first.Text
        $first.Host.Values.State | Should -Be 'Done', 'Done', 'Done'
        $first.Host.Values.Gate | Should -Be 'Healthy', 'Healthy', 'Healthy'
        $first.Fleet.State | Should -Be 'Done'
        $second.ExitCode | Should -Be 0
        $second.Host.Values.State | Should -Be 'AlreadyThere', 'AlreadyThere', 'AlreadyThere'
        foreach ($name in $hosts) { Invoke-Shell $name 'ls /srv/gateway/backups/*.tgz | wc -l' | Should -Be 1 }
    }

    It 'a rollback that fails on the third host leaves the first two at the old tree hash, on request' {
        Initialize-Fleet -Broken gamma
        $before = $hosts | ForEach-Object { Get-TreeDigest $_ }
        $run = Invoke-Runbook Invoke-HxFleetRollback @{ UndoOnFailure = '$true'; BatchSize = 1; Confirm = '$false' }

        $run.ExitCode | Should -Be 20 -Because $run.Text
        $run.Host.alpha.State, $run.Host.beta.State, $run.Host.gamma.State | Should -Be 'Undone', 'Undone', 'Failed'
        $run.Host.gamma.ErrorId | Should -Be 'RestoreRolledBack'
        $run.Host.gamma.Remedy | Should -Not -BeNullOrEmpty
        $run.Fleet.State | Should -Be 'Undone'
        $hosts | ForEach-Object { Get-TreeDigest $_ } | Should -Be $before
        foreach ($name in $hosts) { Invoke-Shell $name 'hxops gateway test --wait 10 --json' | Should -Match '"verdict": "Healthy"' }
    }

    It 'a canary that fails ends it for all others' {
        Initialize-Fleet -Broken alpha
        $before = Get-TreeTimes beta
        $run = Invoke-Runbook Invoke-HxFleetRollback @{ Confirm = '$false' }

        $run.ExitCode | Should -Be 20 -Because $run.Text
        $run.Host.alpha.State, $run.Host.beta.State, $run.Host.gamma.State | Should -Be 'Failed', 'NotReached', 'NotReached'
        Get-TreeTimes beta | Should -Be $before
    }

    It 'a host cut off in mid-step is Inconclusive, and the next run brings it to its end' {
        Initialize-Fleet
        # A unit that takes its time to stop, so that the host is cut off in the middle of its restore.
        $null = Invoke-Shell beta ("mkdir -p /etc/systemd/system/hx-practice.service.d; printf '[Service]\nExecStop=/bin/sleep 6\n' > /etc/systemd/system/hx-practice.service.d/slow.conf; systemctl daemon-reload")
        $job = Start-ThreadJob {
            & pwsh -NoProfile -NonInteractive -Command "& '$using:PSScriptRoot/runbooks/Invoke-HxFleetRollback.ps1' -HostName alpha, beta, gamma -BatchSize 1 -Confirm:`$false | Out-String -Width 200; exit `$LASTEXITCODE" 2>&1
            "exit code $LASTEXITCODE"
        }
        Wait-Until { (ssh beta systemctl is-active hx-practice.service) -eq 'deactivating' } 'the unit of beta stops' 60
        Disable-HostLink beta
        $text = $job | Receive-Job -Wait -AutoRemoveJob | Out-String
        $text | Should -Match 'exit code 21'
        $text | Should -Match '(?m)^beta +Inconclusive'
        $text | Should -Match '(?m)^gamma +NotReached'

        Enable-HostLink beta
        $null = Invoke-Shell beta 'rm -r /etc/systemd/system/hx-practice.service.d; systemctl daemon-reload'
        Wait-Until { (ssh beta 'pgrep -fc "[p]wsh -sshs"; true') -eq '0' } 'the cut session has ended' 60
        $second = Invoke-Runbook Invoke-HxFleetRollback @{ Confirm = '$false' }
        $second.ExitCode | Should -Be 0 -Because $second.Text
        $second.Host.alpha.State | Should -Be 'AlreadyThere'
        $second.Host.gamma.State | Should -Be 'Done'
        foreach ($name in $hosts) { Invoke-Shell $name "cat $config; systemctl is-active hx-practice.service" | Should -Not -Match '# later' }
    }

    It '-WhatIf touches no host, and without -Confirm:$false nobody is asked: it is refused with an id' {
        Initialize-Fleet
        $before = $hosts | ForEach-Object { Get-TreeTimes $_ }
        $run = Invoke-Runbook Invoke-HxFleetRollback @{ WhatIf = '$true' }
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match 'What if: Restore gw-checkpoint-'
        $hosts | ForEach-Object { Get-TreeTimes $_ } | Should -Be $before

        $refused = Invoke-Runbook Invoke-HxFleetRollback @{}
        $refused.ExitCode | Should -Be 5
        $refused.Text | Should -Match 'Nobody can be asked'
        $hosts | ForEach-Object { Get-TreeTimes $_ } | Should -Be $before
    }
}
