BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
}

Describe 'New-HxCheckpoint' {
    BeforeEach {
        $practice = New-PracticeFile
        $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }
    }

    AfterEach { Remove-Practice $practice.Root }

    It 'writes an archive that plain tar and sha256sum accept' {
        $checkpoint = New-HxCheckpoint @at -Note 'before the update'
        $checkpoint.Id | Should -Match '^gw-checkpoint-\d{8}T\d{6}Z$'
        $checkpoint.Note | Should -Be 'before the update'
        $out = New-ScratchFolder
        try {
            tar xzf $checkpoint.Path -C $out
            $LASTEXITCODE | Should -Be 0
            Push-Location (Join-Path $out snapshot)
            try { sha256sum -c sha256sums.txt --quiet; $LASTEXITCODE | Should -Be 0 } finally { Pop-Location }
        }
        finally { Remove-Practice $out }
    }

    It 'keeps the archive to its owner' {
        (Get-Item (New-HxCheckpoint @at).Path).UnixMode | Should -Be '-rw-------'
    }

    It 'names the required path that is missing and writes nothing' {
        Remove-Item (Join-Path $practice.Root srv/gateway/config/config.yaml)
        { New-HxCheckpoint @at } | Should -Throw -ErrorId 'RequiredPathMissing,*' -PassThru |
            ForEach-Object TargetObject | Should -Be '/srv/gateway/config/config.yaml'
        Get-HxCheckpoint @at | Should -BeNullOrEmpty
    }

    It 'prints its plan with -WhatIf and changes nothing' {
        $before = Get-TreeState $practice.Root
        New-HxCheckpoint @at -WhatIf *>&1 | Out-String | Should -BeNullOrEmpty
        Get-TreeState $practice.Root | Should -Be $before
    }

    It 'plans with -WhatIf what would be captured, and fails where the real run would' {
        $script = "Import-Module '$PSScriptRoot/../HxOps.psd1'; New-HxCheckpoint -Root '$($practice.Root)' -Deployment '$($practice.Deployment)' -WhatIf"
        $text = pwsh -NoProfile -NonInteractive -Command $script | Out-String
        $text | Should -Match '(?s)capture /srv/gateway/config/config\.yaml.*capture /srv/gateway/scripts/tests/run\.sh.*write one archive to /srv/gateway/backups'
        Remove-Item (Join-Path $practice.Root srv/gateway/config/config.yaml)
        { New-HxCheckpoint @at -WhatIf } | Should -Throw -ErrorId 'RequiredPathMissing,*'
    }

    It 'leaves no checkpoint behind when a warning is to stop it' {
        { New-HxCheckpoint @at -WarningAction Stop 3>$null } | Should -Throw
        Get-HxCheckpoint @at | Should -BeNullOrEmpty
        Get-ChildItem $practice.Backups -File -Force | Should -BeNullOrEmpty
    }

    It 'gives every checkpoint an id of its own' {
        $ids = 1..3 | ForEach-Object { (New-HxCheckpoint @at).Id }
        $ids | Sort-Object -Unique | Should -HaveCount 3
    }

    It 'tells its steps to whoever asks for them' {
        New-HxCheckpoint @at -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Should -Not -BeNullOrEmpty
    }

    It 'refuses while another process holds the deployment, and says who' {
        $null = New-HxCheckpoint @at
        $lock = Join-Path $practice.Backups '.hxops/lock'
        $holder = Start-Process flock -ArgumentList $lock, sleep, 60 -PassThru
        try {
            $deadline = [datetime]::UtcNow.AddSeconds(10)
            do { flock -n $lock true } while ($LASTEXITCODE -eq 0 -and [datetime]::UtcNow -lt $deadline)
            { New-HxCheckpoint @at } | Should -Throw -ErrorId 'DeploymentLocked,*' -PassThru |
                ForEach-Object { [int]$_.Exception.Id.ExitCode } | Should -Be 10
        }
        finally { $holder.Kill($true) }
    }
}
