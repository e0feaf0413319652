BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $practice = New-PracticeFile
    $at = @{ Root = $practice.Root; Deployment = $practice.Deployment }

    # A service with a flag and a kill switch that follow orders, in a process of its own; writes its address to a file.
    $server = @'
import http.server, json, sys
state = {"flag": True, "killed": False}
class Site(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_): pass
    def body(self): return json.loads(self.rfile.read(int(self.headers["Content-Length"])))
    def answer(self, value):
        data = json.dumps(value).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(data))); self.end_headers(); self.wfile.write(data)
    def do_PUT(self): state["flag"] = self.body()["enabled"]; self.answer({})
    def do_POST(self): state["killed"] = self.body()["enabled"]; self.answer({})
    def do_GET(self):
        if self.path == "/healthz": self.answer({"status": "disabled", "reason": "Kill switch active"} if state["killed"] else {"status": "ok"})
        else: self.answer({"flag": "unified_llm_hub", "enabled": state["flag"], "config": {"enabled": state["flag"], "rollout_percentage": 100 if state["flag"] else 0}})
server = http.server.HTTPServer(("127.0.0.1", 0), Site)
open(sys.argv[1] + ".new", "w").write("http://127.0.0.1:%d" % server.server_port)
import os; os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
'@
    $script = Join-Path $practice.Root site.py
    $told = Join-Path $practice.Root site.url
    Set-Content $script $server
    $python = (Get-Command python3 -ErrorAction Ignore)?.Source
    if ($python) {
        $site = [Diagnostics.Process]::Start($python, [string[]]($script, $told))
        $limit = [Diagnostics.Stopwatch]::StartNew()
        while (-not (Test-Path $told) -and $limit.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 20 }
        $url = Get-Content $told -Raw
    }
}

AfterAll {
    if ($python) { $site.Kill(); $site.WaitForExit() }
    Remove-Practice $practice.Root
}

Describe 'Feature flags' {
    BeforeEach { if (-not $python) { Set-ItResult -Skipped -Because 'python3 is not installed' } }

    It 'reads, sets and sees a flag' {
        $plan = @{ Value = @{ site = $url } }
        (Get-HxFeatureFlag @plan @at).State | Should -Be 'On'
        $flag = Set-HxFeatureFlag unified_llm_hub Off @plan @at
        $flag.State | Should -Be 'Off'
        $flag.Answered | Should -Be 'Live'
        $flag.RolloutPercent | Should -Be 0
        ($flag | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It '-WhatIf sends nothing' {
        Set-HxFeatureFlag unified_llm_hub On -Value @{ site = $url } @at -WhatIf 6>$null
        (Get-HxFeatureFlag -Value @{ site = $url } @at).State | Should -Be 'Off'
    }

    It 'tells what answered when nobody does, and fails to set' {
        $nowhere = @{ Value = @{ site = 'http://127.0.0.1:1' } }
        (Get-HxFeatureFlag @nowhere @at).Answered | Should -Be 'Default'
        { Set-HxFeatureFlag unified_llm_hub Off @nowhere @at -Wait 1 } | Should -Throw -ErrorId 'SwitchRefused,*'
    }

    It 'refuses an address without a name, and never asks another one instead' {
        { Get-HxFeatureFlag -Url "$url/flag" @at } | Should -Throw -ErrorId 'SwitchUnclear,*'
        { Set-HxFeatureFlag -Url "$url/flag" -State On @at -WhatIf } | Should -Throw -ErrorId 'SwitchUnclear,*'
        (Get-HxFeatureFlag unified_llm_hub -Url "$url/flag" @at).State | Should -Be 'Off'
    }

    It 'keeps a flag from the pipeline at its address: no default leads elsewhere' {
        $flag = Get-HxFeatureFlag -Value @{ site = $url } @at
        { $flag | Set-HxFeatureFlag -State Off -WhatIf } | Should -Throw -ErrorId 'SwitchUnclear,*'
        ($flag | Set-HxFeatureFlag -State Off -Value @{ site = $url }).State | Should -Be 'Off'
    }

    It 'completes flags, and names one that does not exist' {
        (TabExpansion2 'Get-HxFeatureFlag unif').CompletionMatches.CompletionText | Should -Contain 'unified_llm_hub'
        { Get-HxFeatureFlag unified_llm_hup @at } | Should -Throw -ErrorId 'SwitchNotFound,*' -ExpectedMessage '*unified_llm_hub*'
    }
}

Describe 'Kill switches' {
    BeforeEach { if (-not $python) { Set-ItResult -Skipped -Because 'python3 is not installed' } }

    It 'P-40 T-09 stops and serves again, each seen at the health endpoint' {
        $address = @{ Url = "$url/admin/kill-switch" }
        (Enable-HxKillSwitch @address @at -Reason 'Emergency rollback').State | Should -Be 'On'
        $state = Get-HxKillSwitch @address @at
        $state.State | Should -Be 'On'
        $state.Answered | Should -Be 'Live'
        (Disable-HxKillSwitch @address @at).State | Should -Be 'Off'
        (Get-HxKillSwitch @address @at).State | Should -Be 'Off'
    }

    It 'refuses a place to read it back that would not be used' {
        { Get-HxKillSwitch -Health "$url/healthz" @at } | Should -Throw -ErrorId 'SwitchUnclear,*'
        { Get-HxKillSwitch @at -Url "$url/admin/kill-switch" | Enable-HxKillSwitch -WhatIf } | Should -Throw -ErrorId 'SwitchUnclear,*'
    }
}

Describe 'The audit log' {
    It 'has every switch, and is proven' {
        (Get-HxAudit @at).Action | Should -Contain 'flag'
        (Get-HxAudit @at).Action | Should -Contain 'kill switch'
        (Test-HxAudit @at).Passed | Should -BeTrue
        (Get-HxAudit @at | Get-View80 | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'names a line that was edited' {
        $log = Join-Path $practice.Backups .hxops/audit/log
        $lines = @(Get-Content $log)
        $lines[0] = $lines[0] -replace 'Observed', 'Nothing'
        Set-Content $log $lines
        $report = Test-HxAudit @at
        $report.Passed | Should -BeFalse
        $report.Findings.Line | Should -Be 1
        $report.Findings.Kind | Should -Be 'Edited'
    }
}
