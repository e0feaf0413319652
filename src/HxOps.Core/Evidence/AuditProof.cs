using System.Collections.Immutable;

namespace HxOps.Evidence;

/// <summary>
/// Proves an audit log line by line, and the line that the head names by its checksum there. Behind a flaw it goes on from the checksum that the line bears, so that one edited line is one finding.
/// </summary>
internal static class AuditProof
{
    public static AuditReport Of(string file, ImmutableArray<string> lines, (long Number, string Sum)? head)
    {
        var findings = ImmutableArray.CreateBuilder<AuditFinding>();
        var sum = "";
        long number = 0;
        foreach (var (index, text) in lines.Index())
        {
            var line = AuditLine.Parse(text);
            var entry = line?.Entry();
            if (entry is not null && entry.Number > number + 1)
            {
                findings.Add(Deleted(index + 1, number + 1, entry.Number - 1));
            }
            else if (line is null || entry is null || entry.Number != number + 1 || !line.Follows(sum) || (head?.Number == entry.Number && head?.Sum != line.Sum))
            {
                findings.Add(new AuditFinding(index + 1, AuditFlaw.Edited, $"Line {index + 1} (entry {number + 1}) is not as it was written."));
            }

            (number, sum) = (entry?.Number >= number + 1 ? entry.Number : number + 1, line?.Sum ?? "");
        }

        if (head is { } known && known.Number > number)
        {
            findings.Add(Deleted(lines.Length + 1, number + 1, known.Number));
        }
        else if (head is null && number > 0)
        {
            findings.Add(new AuditFinding(lines.Length, AuditFlaw.Deleted, "The file that says how long the log is has been removed: lines may be missing at its end."));
        }

        return new AuditReport { Id = file, Entries = lines.Length, Findings = findings.ToImmutable() };
    }

    private static AuditFinding Deleted(int line, long first, long last) => new(line, AuditFlaw.Deleted, first == last
        ? $"Entry {first} is missing before line {line}."
        : $"The entries {first} to {last} are missing before line {line}.");
}
