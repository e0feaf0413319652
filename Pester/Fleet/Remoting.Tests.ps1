# The module through pwsh remoting over ssh: records, views, errors, questions, stopping.

BeforeAll {
    Import-Module $PSScriptRoot/Fleet.psm1 -Force
    $config = '/srv/gateway/config/config.yaml'
}

Describe 'Remoting' {
    BeforeAll { $session = @{}; foreach ($name in 'alpha', 'beta') { $session[$name] = New-PSSession -HostName $name } }
    AfterAll { Get-PSSession | Remove-PSSession }
    BeforeEach { Reset-FleetHost alpha, beta }

    Context 'records' {
        It 'arrive with times that sort, names that filter, and the host''s name' {
            $null = Invoke-Command $session.alpha { New-HxCheckpoint -Note first; New-HxCheckpoint -Note second }
            $all = Invoke-Command $session.alpha { Get-HxCheckpoint }

            $all[0].psobject.TypeNames[0] | Should -Be 'Deserialized.HxOps.Checkpoints.CheckpointInfo'
            $all[0].CreatedUtc | Should -BeOfType DateTime
            $all[0].CreatedUtc.Kind | Should -Be 'Utc'
            ($all | Sort-Object CreatedUtc).Note | Should -Be 'first', 'second'
            ($all | Where-Object Kind -EQ Checkpoint).Count | Should -Be 2
            ($all | Where-Object CreatedUtc -LT ([DateTime]::UtcNow.AddDays(-1))) | Should -BeNullOrEmpty
            $all.SizeBytes[0] | Should -BeOfType long
            $all.HostName | Should -Be 'alpha', 'alpha'
            $all.PSComputerName | Should -Be 'alpha', 'alpha'
        }

        It 'arrive with what lies in them: probes, differences, the gate of a restore, each step''s time' {
            $report, $comparison, $result = Invoke-Command $session.alpha {
                Test-HxGateway
                $null = New-HxCheckpoint
                Add-Content /srv/gateway/config/config.yaml '# more'
                Compare-HxCheckpoint
                Restore-HxCheckpoint -Confirm:$false
            }
            ($report.Probes | Where-Object Verdict -EQ Healthy).Id | Should -Be 'gateway-unit', 'liveliness'
            $report.Layers['Upstream'] | Should -Be 'Healthy'
            $report.HostName | Should -Be 'alpha'
            $comparison.Differences[0].Kind | Should -Be 'Changed'
            $comparison.Differences[0].Diff | Should -Contain '+# more'
            $result.Outcome | Should -Be 'Restored'
            $result.ExitCode | Should -Be 0
            $result.ExitCode | Should -BeOfType int
            $result.Gate.Probes[0].Verdict | Should -Be 'Healthy'
            $result.Steps[0].Elapsed | Should -BeOfType TimeSpan
            $result.HostName | Should -Be 'alpha'
        }

        It 'go back through the pipe by id, and are restored over there' {
            $checkpoint = Invoke-Command $session.alpha { New-HxCheckpoint }
            $null = Invoke-Command $session.alpha { New-HxCheckpoint; Set-Content $using:config 'model_list: []' }
            $result = $checkpoint | Invoke-Command $session.alpha { $input | Restore-HxCheckpoint -Confirm:$false }

            $result.Outcome | Should -Be 'Restored'
            $result.Checkpoint | Should -Be $checkpoint.Id
            Invoke-Shell alpha "cat $config" | Should -Match 'sk-practice-secret-of-alpha'
        }

        It 'stay the module''s own records for the commands of the session itself' {
            $told = Invoke-Command $session.alpha {
                $checkpoint = New-HxCheckpoint
                $checkpoint -is [HxOps.Checkpoints.CheckpointInfo]
                [HxOps.Checkpoints.CheckpointInfo].GetProperty('CreatedUtc').GetValue($checkpoint) -is [DateTimeOffset]
                ($checkpoint | Test-HxCheckpoint).Passed
            }
            $told | Should -Be $true, $true, $true
        }

        It 'survive a job' {
            $found = Invoke-Command $session.alpha { $null = New-HxCheckpoint; Start-Job { Get-HxCheckpoint } | Receive-Job -Wait -AutoRemoveJob }
            $found.CreatedUtc | Should -BeOfType DateTime
        }
    }

    Context 'views' {
        BeforeAll { Import-Module HxOps }

        It 'read well in 80 columns, with the host in the last one' {
            $null = Invoke-Command @($session.alpha, $session.beta) { New-HxCheckpoint -Note nightly }
            $view = Invoke-Command @($session.alpha, $session.beta) { Get-HxCheckpoint } | Sort-Object HostName | Get-View80
            $view | Where-Object { $_ -match '^gw-checkpoint-\d{8}T\d{6}Z +\S+( s)? +[\d.]+ kB +nightly +alpha$' } | Should -HaveCount 1
            $view | Where-Object { $_ -match ' beta$' } | Should -HaveCount 1

            $view = Invoke-Command @($session.alpha, $session.beta) { Test-HxCheckpoint; } | Sort-Object HostName | Get-View80
            $view | Where-Object { $_ -match '^gw-checkpoint-\S+ +True +\d+ False +0 +alpha$' } | Should -HaveCount 1

            $view = Invoke-Command $session.alpha { Test-HxGateway } | Get-View80
            $view | Where-Object { $_ -match '^Healthy +practice .* alpha$' } | Should -HaveCount 1
        }

        It 'show a comparison with its differences' {
            $view = Invoke-Command $session.alpha { $null = New-HxCheckpoint; Add-Content /srv/gateway/config/config.yaml '# more'; Compare-HxCheckpoint } | Get-View80
            $view | Should -Contain '    +# more'
            $view | Where-Object { $_ -match '^alpha: gw-checkpoint-\S+ to live: 1 difference,' } | Should -HaveCount 1
        }

        It 'show every record without an error in its view' {
            $records = Invoke-Command $session.alpha {
                New-HxCheckpoint; Test-HxCheckpoint; Compare-HxCheckpoint; Test-HxGateway; Get-HxDeployment; Test-HxDeployment
                Add-Content /srv/gateway/config/config.yaml '# more'
                Restore-HxCheckpoint -Confirm:$false; Get-HxRestore; Get-HxGatewayLog -Since 1h | Select-Object -First 1; Remove-HxCheckpoint -Keep 1 -Confirm:$false
            }
            $count = $Error.Count
            foreach ($record in $records) {
                $record | Out-String -Width 80 | Should -Not -BeNullOrEmpty
                $record | Format-List | Out-String -Width 80 | Should -Not -BeNullOrEmpty
            }
            $Error.Count | Should -Be $count
        }
    }

    Context 'errors' {
        It 'keep id, category, target, remedy, exit code and host, ended or not' {
            $null = Invoke-Command $session.alpha { Restore-HxCheckpoint -Id nothing -Confirm:$false } -ErrorVariable failures -ErrorAction SilentlyContinue
            $thrown = { Invoke-Command $session.alpha { Restore-HxCheckpoint -Id nothing -Confirm:$false } -ErrorAction Stop } | Should -Throw -PassThru
            foreach ($failure in $failures[0], $thrown) {
                $failure.FullyQualifiedErrorId | Should -Be 'CheckpointNotFound,HxOps.Commands.RestoreHxCheckpointCommand'
                $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
                $failure.TargetObject | Should -Be 'nothing'
                $failure.ErrorDetails.RecommendedAction | Should -BeLike 'List the checkpoints*'
                $failure.Exception.SerializedRemoteException.ExitCode | Should -Be 3
                $failure.Exception.SerializedRemoteException.HostName | Should -Be 'alpha'
            }
        }

        It 'hold no secret, however deep one looks' {
            $null = Invoke-Command $session.alpha { New-HxCheckpoint }
            $null = Invoke-Shell alpha "echo 'broken: [' >> $config; hxops checkpoint new >&2; mv $config $config.gone"
            $null = Invoke-Command $session.alpha { New-HxCheckpoint; Test-HxConfiguration; Test-HxCheckpoint -Id nothing } -ErrorVariable failures -ErrorAction SilentlyContinue
            $failures.Count | Should -BeGreaterThan 0
            [Management.Automation.PSSerializer]::Serialize($failures, 9) | Should -Not -Match 'sk-practice-secret'
        }

        It 'tell a restore that was taken back by result and by error' {
            $null = Invoke-Shell alpha "echo '# broken' >> $config; hxops checkpoint new; sed -i /broken/d $config"
            $result = Invoke-Command $session.alpha { Restore-HxCheckpoint -Confirm:$false } -ErrorVariable failures -ErrorAction SilentlyContinue
            $result.Outcome | Should -Be 'RolledBack'
            $result.ExitCode | Should -Be 20
            $failures.FullyQualifiedErrorId | Should -Contain 'RestoreRolledBack,HxOps.Commands.RestoreHxCheckpointCommand'
        }
    }

    Context 'questions' {
        BeforeEach {
            $null = Invoke-Command $session.alpha { New-HxCheckpoint }
            $null = Invoke-Shell alpha "echo '# more' >> $config"
        }

        It 'are refused with an id when nobody can answer: a client that is not interactive' {
            $failure = { Invoke-Command $session.alpha { Restore-HxCheckpoint } -ErrorAction Stop } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -Be 'NotConfirmed,HxOps.Commands.RestoreHxCheckpointCommand'
            $failure.Exception.SerializedRemoteException.ExitCode | Should -Be 5
            Invoke-Shell alpha "cat $config" | Should -Match '# more'
        }

        It 'are refused with an id when nobody can answer: <Name>' -ForEach @(
            @{ Name = 'a shell without input'; Line = 'pwsh -NoProfile -Command "try { Restore-HxCheckpoint } catch { \$_.FullyQualifiedErrorId }" < /dev/null' }
            @{ Name = 'empty lines for input'; Line = 'yes "" | pwsh -NoProfile -Command "try { Restore-HxCheckpoint } catch { \$_.FullyQualifiedErrorId }"' }
            @{ Name = 'a job of a schedule'; Line = 'setsid pwsh -NoProfile -NonInteractive -Command "try { Restore-HxCheckpoint } catch { \$_.FullyQualifiedErrorId }" < /dev/null' }
        ) {
            Invoke-Shell alpha "timeout 60 sh -c '$Line'" | Should -Match 'NotConfirmed,HxOps'
            Invoke-Shell alpha "cat $config" | Should -Match '# more'
        }

        It 'are not asked with -Confirm:$false, and with -WhatIf nothing is touched' {
            $before = Get-TreeTimes alpha
            Invoke-Command $session.alpha { Restore-HxCheckpoint -WhatIf } 6>&1 | Should -BeNullOrEmpty
            Get-TreeTimes alpha | Should -Be $before
            (Invoke-Command $session.alpha { Restore-HxCheckpoint -Confirm:$false }).Outcome | Should -Be 'Restored'
        }
    }

    Context 'while it runs' {
        It 'progress comes through' {
            $shell = [powershell]::Create()
            $shell.Runspace = $session.alpha.Runspace
            $null = $shell.AddScript('Test-HxGateway -Wait 3')
            $null = Invoke-Shell alpha 'systemctl stop hx-practice.service'
            $null = $shell.Invoke()
            $bars = @($shell.Streams.Progress | Where-Object Activity -NotLike 'Preparing modules*')
            $bars.Count | Should -BeGreaterThan 1
            $bars[-1].RecordType | Should -Be 'Completed'
            $shell.Dispose()
        }

        It 'Ctrl+C stops a restore over there, which takes back what it had begun' {
            $null = Invoke-Command $session.alpha { New-HxCheckpoint }
            # A unit that takes its time to stop, so that the restore is caught in the middle.
            $null = Invoke-Shell alpha ("mkdir -p /etc/systemd/system/hx-practice.service.d; printf '[Service]\nExecStop=/bin/sleep 4\n' > /etc/systemd/system/hx-practice.service.d/slow.conf; " +
                "systemctl daemon-reload; echo '# more' >> $config")
            $before = Get-TreeDigest alpha
            $shell = [powershell]::Create()
            $null = $shell.AddScript('Invoke-Command -HostName alpha { Restore-HxCheckpoint -Confirm:$false }')
            try {
                $running = $shell.BeginInvoke()
                Wait-Until { (ssh alpha systemctl is-active hx-practice.service) -eq 'deactivating' } 'the unit stops'
                $shell.Stop()
                $running.IsCompleted | Should -BeTrue
                Wait-Until { (ssh alpha systemctl is-active hx-practice.service) -eq 'active' } 'the unit runs again'
                Get-TreeDigest alpha | Should -Be $before
                Invoke-Command $session.alpha { Repair-HxRestore -Confirm:$false } | Should -BeNullOrEmpty
                (Invoke-Command $session.alpha { New-HxCheckpoint }).HostName | Should -Be 'alpha'
            }
            finally {
                $shell.Dispose()
                $null = Invoke-Shell alpha 'rm -rf /etc/systemd/system/hx-practice.service.d; systemctl daemon-reload'
            }
        }
    }
}
