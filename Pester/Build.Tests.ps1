# What build.ps1 makes of a build: the module where pwsh finds it, and the packages.

BeforeDiscovery {
    $hasDotnet = [bool] (Get-Command dotnet -ErrorAction Ignore)
    $hasInstaller = [bool] (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)
    $hasGalaxy = [bool] (Get-Command ansible-galaxy -ErrorAction Ignore)
}

BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    $top = Split-Path $PSScriptRoot
    $scratch = New-ScratchFolder
    $hasLinker = [bool] (Get-Command clang, gcc -CommandType Application -ErrorAction Ignore)
    $version = (Import-PowerShellDataFile (Join-Path $top HxOps.psd1)).ModuleVersion

    # What another pwsh says that has only this folder to look for modules.
    function Invoke-Apart([string] $Modules, [string] $Command) {
        $told = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "`$env:PSModulePath = '$Modules'; $Command" 2>&1 | Out-String
        $told.Trim()
    }
}
AfterAll { Remove-Practice $scratch }

Describe 'build.ps1' {
    It 'Install puts the module where Import-Module finds it by name' {
        $modules = Join-Path $scratch modules
        & (Join-Path $top build.ps1) Install -NoBuild -Destination $modules

        Join-Path $modules "HxOps/$version/HxOps.psd1" | Should -Exist
        Invoke-Apart $modules "Import-Module HxOps; (Get-Module HxOps).ModuleBase" | Should -Be (Join-Path $modules "HxOps/$version")
        Invoke-Apart $modules 'Import-Module HxOps; (Get-Help New-HxCheckpoint).Synopsis' | Should -Not -BeNullOrEmpty
        Invoke-Apart $modules 'Import-Module HxOps; (Get-HxDeployment -Deployment hx-api-gateway).Id' | Should -Be 'hx-api-gateway'
    }

    Context 'Package' -Skip:(-not $hasDotnet) {
        BeforeAll {
            $packages = Join-Path $scratch packages
            $configuration = (Test-Path (Join-Path $top src/HxOps/bin/Release)) ? 'Release' : 'Debug'
            $told = & (Join-Path $top build.ps1) Package -NoBuild -Configuration $configuration -Output $packages 2>&1 | Out-String
        }

        It 'makes the package that a gallery takes, with the module at its root' {
            $file = Join-Path $packages "HxOps.$version.nupkg"
            $file | Should -Exist -Because $told
            $module = Join-Path $scratch gallery/HxOps
            [IO.Compression.ZipFile]::ExtractToDirectory($file, $module)
            $nuspec = ([xml] (Get-Content (Join-Path $module HxOps.nuspec) -Raw)).package.metadata
            $nuspec.id, $nuspec.version | Should -Be 'HxOps', $version
            -split $nuspec.tags | Should -Contain 'PSModule'
            -split $nuspec.tags | Should -Contain 'PSCmdlet_Restore-HxCheckpoint'
            # A guard of restores is started as this program.
            & (Join-Path $module bin/hxops) --version | Should -Be $version
            Invoke-Apart (Join-Path $scratch gallery) 'Import-Module HxOps; (Get-Command Restore-HxCheckpoint).Version.ToString()' | Should -Match ([regex]::Escape($version))
        }

        It 'makes a package that Install-PSResource installs from a folder of packages, hxops and all' -Skip:(-not $hasInstaller) {
            $user = Join-Path $scratch home
            $null = New-Item (Join-Path $user modules), (Join-Path $user share) -ItemType Directory -Force
            $told = env "HOME=$user" "XDG_DATA_HOME=$user/share" (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "
                Register-PSResourceRepository -Name here -Uri '$packages' -Trusted
                Save-PSResource HxOps -Repository here -Path '$user/modules' -TrustRepository" 2>&1 | Out-String
            & (Join-Path $user "modules/HxOps/$version/bin/hxops") --version | Should -Be $version -Because $told
        }

        It 'makes a folder in which hxops runs without .NET' {
            $folder = Join-Path $packages "hxops-$version-linux-x64"
            env -i DOTNET_ROOT=/nowhere PATH=/usr/bin:/bin (Join-Path $folder hxops) --version | Should -Be $version
            $list = env -i DOTNET_ROOT=/nowhere PATH=/usr/bin:/bin (Join-Path $folder hxops) deployment list --json | ConvertFrom-Json
            $list.id | Should -Contain 'hx-api-gateway'
            Join-Path $folder libcoreclr.so | Test-Path | Should -Be (-not $hasLinker)
            tar -tzf "$folder.tar.gz" | Should -Contain "hxops-$version-linux-x64/hxops"
        }

        It 'makes an hxops that does the whole main job without .NET' {
            $told = env -i PATH=/usr/bin:/bin HOME=$scratch (Join-Path $packages "hxops-$version-linux-x64/hxops") demo 2>&1 | Out-String
            $LASTEXITCODE | Should -Be 0 -Because $told
            $told | Should -Match 'Nothing was left behind'
        }

        It 'makes the collection that ansible-galaxy takes' -Skip:(-not $hasGalaxy) {
            $members = tar -tzf (Join-Path $packages "hx-ops-$version.tar.gz")
            foreach ($module in 'checkpoint', 'restore', 'gateway', 'service', 'entry_point', 'rollback', 'facts') { $members | Should -Contain "plugins/modules/$module.py" }
            $members | Should -Contain 'roles/guarded_change/tasks/main.yml'
        }

        It 'puts no secret, no symbols and nothing of the tests into them' {
            $files = Get-ChildItem $packages -Recurse -File
            $files.Name | Where-Object { $_ -match '\.(pdb|env|key|pem)$|Tests|TestKit' } | Should -BeNullOrEmpty
            $texts = $files | Where-Object Extension -In .yaml, .yml, .ps1, .psd1, .psm1, .py, .json, .sh, .xml, .md
            $texts | Select-String 'sk-(?!hx-dev-)[A-Za-z0-9]{6}|BEGIN [A-Z ]*PRIVATE KEY|sk-practice' -CaseSensitive | Should -BeNullOrEmpty
        }
    }
}
