using System.Globalization;
using HxOps.Errors;
using HxOps.Tools;

namespace HxOps.Checkpoints.Copying;

/// <summary>A folder of another host. It needs the POSIX shell, sha256sum and sftp there, and nothing of HxOps.</summary>
internal sealed class SshPlace(Ssh ssh, string folder) : ICopyPlace
{
    private const string Look = """
        set -eu
        umask 077
        mkdir -p -- "$1"
        cd -- "$1"
        if [ -e "$2" ]; then sha256sum < "$2"; else echo none; fi
        if [ -e "$3" ]; then wc -c < "$3"; else echo 0; fi
        """;

    private const string Hash = """
        set -eu
        cd -- "$1"
        sha256sum < "$3"
        """;

    // A link fails where the final name exists, whoever was faster; a rename would replace it.
    private const string Commit = """
        set -eu
        cd -- "$1"
        chmod 600 "$3"
        sync "$3" 2> /dev/null || sync
        ln "$3" "$2"
        rm -f "$3"
        sync . 2> /dev/null || sync
        """;

    private const string Discard = """
        cd -- "$1" && rm -f "$3"
        """;

    private static readonly TimeSpan s_short = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    public async Task<CopyRemains> LookAsync(CopyNames names, CancellationToken cancellation)
    {
        var lines = (await RunAsync(Look, names, s_long, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length != 2 || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            throw new HxException(ToolErrors.Failed, folder, "The other host did not answer as a POSIX shell does.");

        return new CopyRemains(lines[0] == "none" ? null : DigestOf(lines[0]), bytes);
    }

    public Task SendAsync(string archive, CopyNames names, long offset, CancellationToken cancellation) =>
        ssh.SendAsync(archive, $"{folder}/{names.Part}", offset, cancellation);

    public async Task<string> HashAsync(CopyNames names, CancellationToken cancellation) => DigestOf(await RunAsync(Hash, names, s_long, cancellation));

    public Task CommitAsync(CopyNames names, CancellationToken cancellation) => RunAsync(Commit, names, s_short, cancellation);

    public Task DiscardAsync(CopyNames names, CancellationToken cancellation) => RunAsync(Discard, names, s_short, cancellation);

    private Task<string> RunAsync(string script, CopyNames names, TimeSpan deadline, CancellationToken cancellation) =>
        ssh.RunAsync(script, [folder, "./" + names.Final, "./" + names.Part], deadline, cancellation);

    private static string DigestOf(string line) => line.Split(' ', 2)[0].Trim();
}
