using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Files.Native;
using HxOps.Reporting;

namespace HxOps.Evidence;

/// <summary>
/// The audit log of a deployment: one entry a line, each behind a checksum that covers the line before as well, only ever appended to.
/// A second file says how long it is, so that lines cut off at its end are missed too.
/// </summary>
public sealed class AuditLog(DeploymentContext context)
{
    private const int MostBytes = 256 << 20;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    private string Folder => Path.Combine(context.StateFolder, "audit");

    private string LogFile => Path.Combine(Folder, "log");

    private string HeadFile => Path.Combine(Folder, "head");

    /// <summary>Writes an entry durably. Never throws for the log's sake: what was done is done, and a warning says that it is not noted.</summary>
    public async Task WriteAsync(AuditNote note, IProgress<HxEvent> events)
    {
        try
        {
            using var lease = await LockAsync();
            Append(note);
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent("AuditNotWritten", $"The audit log has no entry of this {note.Action}: {failure.Message}", note.Target));
        }
    }

    /// <summary>All entries that can be read, oldest first.</summary>
    /// <exception cref="HxException">The file cannot be read.</exception>
    public ImmutableArray<AuditEntry> Read() => [.. Lines().Select(line => AuditLine.Parse(line)?.Entry()).OfType<AuditEntry>()];

    /// <summary>Proves the log: names every line that was edited, and every place where lines are missing.</summary>
    /// <exception cref="HxException">The file cannot be read.</exception>
    public AuditReport Prove() => AuditProof.Of(LogFile, Lines(), Head());

    private void Append(AuditNote note)
    {
        var lines = Lines();
        var (number, sum) = Last(lines);
        var redactor = context.Secrets.CreateRedactor();
        var line = AuditLine.Of(new AuditEntry
        {
            Number = number + 1,
            TimeUtc = context.Clock.GetUtcNow(),
            Actor = Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } caller ? caller : Environment.UserName,
            Action = note.Action,
            Target = redactor.Redact(note.Target),
            Outcome = note.Outcome,
            Detail = PrintableText.Of(redactor.Redact(note.Detail)),
        }, sum);
        WriteLine(line, lines);
        DurableFile.WriteAllText(HeadFile, string.Create(CultureInfo.InvariantCulture, $"{number + 1} {line.Sum}\n"), PrivateFile);
    }

    // Behind what was cut off, numbers go on where they were, and behind what was edited, the checksum: either stays to be seen.
    private (long Number, string Sum) Last(ImmutableArray<string> lines)
    {
        var last = lines.IsEmpty ? null : AuditLine.Parse(lines[^1]);
        var number = last?.Entry()?.Number ?? lines.Length;
        return Head() is { } head && head.Number >= number ? head : (number, last?.Sum ?? "");
    }

    private void WriteLine(AuditLine line, ImmutableArray<string> lines)
    {
        using var file = Posix.Open(LogFile, Posix.O_RDWR | Posix.O_CREAT | Posix.O_NOFOLLOW, 0x180) ?? throw FileFailure.FromErrno(Posix.LastError, LogFile, "write");
        try
        {
            // A line that a crash cut off was never written; it must not stand in front of this one.
            var length = lines.Sum(before => (long)Encoding.UTF8.GetByteCount(before) + 1);
            RandomAccess.SetLength(file, length);
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(line.ToString()), length);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, LogFile, "write");
        }
    }

    private ImmutableArray<string> Lines()
    {
        var text = Text(LogFile);
        var end = text.LastIndexOf('\n');
        return end < 0 ? [] : [.. text[..end].Split('\n')];
    }

    private (long Number, string Sum)? Head()
    {
        var words = Text(HeadFile).Split(' ', '\n');
        return words.Length >= 2 && long.TryParse(words[0], CultureInfo.InvariantCulture, out var number) ? (number, words[1]) : null;
    }

    private static string Text(string path)
    {
        try
        {
            return !File.Exists(path) ? ""
                : new FileInfo(path).Length <= MostBytes ? File.ReadAllText(path)
                : throw new HxException(CommonErrors.FileUnusable, path, $"{path} is larger than any audit log.");
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }

    // Writers of the log wait for each other, whoever holds the deployment: each is done within moments.
    private async Task<DeploymentLease> LockAsync()
    {
        var start = context.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return DeploymentLock.Acquire(Folder, "audit");
            }
            catch (HxException held) when (held.Id == DeploymentLock.Held && context.Clock.GetElapsedTime(start) < LockLimit)
            {
                await Task.Delay(LockPause, context.Clock);
            }
        }
    }
}
