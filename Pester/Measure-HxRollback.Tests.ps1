BeforeAll {
    Import-Module $PSScriptRoot/Fixture.psm1 -Force
    Import-HxOps
    $folder = New-ScratchFolder
}

AfterAll { Remove-Practice $folder }

Describe 'Measure-HxRollback' {
    It 'H-31 decides on a hashtable, an object and JSON text alike' {
        foreach ($signals in @{ errorRatePercent = 7 }, [pscustomobject]@{ ErrorRatePercent = 7.0 }, '{"errorRatePercent": 7}') {
            $decision = $signals | Measure-HxRollback
            $decision.Decision | Should -Be 'WithinTheHour'
            $decision.DeadlineMinutes | Should -Be 60
            $decision.Reasons | Should -Be 'Error Rate > 5%: errorRatePercent 7 is above 5'
        }
    }

    It 'H-27 H-43 the most severe match wins and the path ends at its question' {
        $decision = @{ errorRatePercent = 7; dataLoss = $true } | Measure-HxRollback -Plan llm-hub
        $decision.Decision | Should -Be 'Immediate'
        $decision.DeadlineMinutes | Should -Be 5
        $decision.Path[-1].Leads | Should -Be 'EXECUTE IMMEDIATE ROLLBACK (< 5 min)'
    }

    It 'reads a file of signals' {
        $file = Join-Path $folder signals.json
        Set-Content $file '{"errorRatePercent": NaN, "minorBugs": true}'
        (Measure-HxRollback -SignalPath $file).Decision | Should -Be 'FixForward'
        { Measure-HxRollback -SignalPath (Join-Path $folder none.json) } | Should -Throw -ErrorId 'PathNotFound,*'
    }

    It 'takes a table of comma-separated values' {
        $decisions = "errorRatePercent,errorRateSustained`n2.5,true`n2.5,false`n,`n" | ConvertFrom-Csv | Measure-HxRollback
        $decisions.Decision | Should -Be 'Consider', 'Undefined', 'Inconclusive'
    }

    It 'names a signal that does not exist, and a value that cannot be' {
        { @{ errorRate = 7 } | Measure-HxRollback } | Should -Throw -ErrorId 'SignalsInvalid,*' -ExpectedMessage "*errorRate*"
        { @{ dataLoss = 7 } | Measure-HxRollback } | Should -Throw -ErrorId 'SignalsInvalid,*'
        { @{ errorRatePercent = 101 } | Measure-HxRollback } | Should -Throw -ErrorId 'SignalsInvalid,*'
    }

    It 'says its decision in words within 80 columns' {
        $text = @{ errorRatePercent = 7 } | Measure-HxRollback | Get-View80
        $text | Should -Contain 'Roll back soon, within 60 minutes.'
        ($text | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
