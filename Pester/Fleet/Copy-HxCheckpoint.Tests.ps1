# Copies of checkpoints on other hosts.

BeforeAll {
    Import-Module $PSScriptRoot/Fleet.psm1 -Force
    # What one host says of a copy to another: hosts reach each other by the key that control lends them.
    foreach ($file in 'id_ed25519', 'known_hosts', 'config') { scp -q "/root/.ssh/$file" "alpha:/root/.ssh/$file" }
    $session = New-PSSession -HostName alpha
}
AfterAll { Get-PSSession | Remove-PSSession }

Describe 'Copy-HxCheckpoint' {
    BeforeEach {
        Reset-FleetHost alpha, beta
        $null = Invoke-Shell beta 'rm -rf /srv/vault'
        $checkpoint = Invoke-Command $session { New-HxCheckpoint -Note 'to be copied' }
    }

    It 'brings a checkpoint to another host, hashed there, with the mode of a secret' {
        $copy = Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault/alpha }

        $copy.Outcome | Should -Be 'Copied'
        $copy.Path | Should -Be "/srv/vault/alpha/$($checkpoint.Id).tgz"
        Invoke-Shell beta "sha256sum < $($copy.Path)" | Should -Be "$($copy.Sha256)  -"
        Invoke-Shell beta "stat -c %a $($copy.Path)" | Should -Be '600'
        Invoke-Shell beta 'ls -A /srv/vault/alpha' | Should -Be "$($checkpoint.Id).tgz"
    }

    It 'a copy restores over there into a scratch root' {
        $copy = Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault }
        $told = Invoke-Shell beta "mkdir -p /srv/scratch/etc/systemd/system && hxops --deployment /etc/hxops/deployment.yaml --root /srv/scratch checkpoint restore $($copy.Path) --no-services --no-gate --yes --json"
        ($told | ConvertFrom-Json).outcome | Should -Be 'Restored'
        Invoke-Shell beta 'cat /srv/scratch/srv/gateway/config/config.yaml' | Should -Match 'sk-practice-secret-of-alpha'
        Invoke-Shell beta 'cat /srv/gateway/config/config.yaml' | Should -Match 'sk-practice-secret-of-beta'
    }

    It 'a second copy finds the first, and another file of its name is never replaced' {
        $first, $second = Invoke-Command $session { 1..2 | ForEach-Object { Copy-HxCheckpoint -Destination beta:/srv/vault } }
        $first.Outcome, $second.Outcome | Should -Be 'Copied', 'AlreadyThere'

        $null = Invoke-Shell beta "echo other > /srv/vault/$($checkpoint.Id).tgz"
        $failure = { Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault } -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopyNameTaken,*'
        Invoke-Shell beta "cat /srv/vault/$($checkpoint.Id).tgz" | Should -Be 'other'
    }

    It 'goes on where it stopped, and begins anew when what arrived is torn: <Name>' -ForEach @(
        @{ Name = 'whole so far'; Cut = 'head -c 500 $f'; Resumed = 500 }
        @{ Name = 'torn'; Cut = 'head -c 500 /dev/zero'; Resumed = 500 }
    ) {
        # What an attempt leaves that was cut off: the beginning, under the temporary name.
        $name = "$($checkpoint.Id).tgz"
        $null = Invoke-Shell alpha ('f=/srv/gateway/backups/{0}; s=$(sha256sum < $f | cut -c 1-16); {1} > /tmp/part; ssh beta mkdir -p /srv/vault; scp -q /tmp/part beta:/srv/vault/.{0}.$s.part' -f $name, $Cut)
        $copy = Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault }
        $copy.ResumedBytes | Should -Be $Resumed
        Invoke-Shell beta "sha256sum < /srv/vault/$name" | Should -Be "$($copy.Sha256)  -"
        Invoke-Shell beta 'ls -A /srv/vault' | Should -Be $name
    }

    It 'a host that vanishes is told with an id, and nothing has the archive''s name' {
        Disable-HostLink beta
        try {
            $failure = { Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault } -ErrorAction Stop } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'HostUnreachable,*'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*ssh*'
        }
        finally { Enable-HostLink beta }
        (Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault }).Outcome | Should -Be 'Copied'
    }

    It 'retention knows of the copies' {
        $null = Invoke-Command $session { Copy-HxCheckpoint -Destination beta:/srv/vault; 1..2 | ForEach-Object { New-HxCheckpoint } }
        (Invoke-Command $session { Get-HxCheckpoint -Id $using:checkpoint.Id }).Copies | Should -Be 'beta:/srv/vault'
        $gone = Invoke-Command $session { Remove-HxCheckpoint -Keep 1 -KeepUncopied -Confirm:$false }
        $gone.Id | Should -Be $checkpoint.Id
    }

    It 'a host that is none, and a folder that is none, are refused before anything is done: <To>' -ForEach @(
        @{ To = '-oProxyCommand=id:/srv' }, @{ To = 'beta:relative' }, @{ To = ':/srv' }
    ) {
        $failure = { Invoke-Command $session { Copy-HxCheckpoint -Destination $using:To } -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopyDestinationInvalid,*'
    }
}
