using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace HxOps.TestKit;

/// <summary>Builds archives that no honest tool would make, member by member.</summary>
public sealed class TarText : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly GZipStream _gzip;
    private readonly TarWriter _tar;
    private readonly StringBuilder _checksums = new();

    public TarText()
    {
        _gzip = new GZipStream(_stream, CompressionLevel.Fastest, leaveOpen: true);
        _tar = new TarWriter(_gzip, TarEntryFormat.Gnu, leaveOpen: true);
    }

    /// <summary>Adds a file and lists it.</summary>
    public TarText File(string path, string content) => File(path, content, content);

    /// <summary>Adds a file, and lists the checksum of another content; null lists nothing.</summary>
    public TarText File(string path, string content, string? listed)
    {
        _tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        return listed is null ? this : List(path, listed);
    }

    /// <summary>Lists a file.</summary>
    public TarText List(string path, string content)
    {
        _checksums.Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))).Append("  ").Append(path["snapshot/".Length..]).Append('\n');
        return this;
    }

    /// <summary>Adds a link.</summary>
    public TarText Link(TarEntryType type, string path, string target)
    {
        _tar.WriteEntry(new GnuTarEntry(type, path) { LinkName = target });
        return this;
    }

    /// <summary>Adds a member without content.</summary>
    public TarText Special(TarEntryType type, string path)
    {
        _tar.WriteEntry(new GnuTarEntry(type, path));
        return this;
    }

    /// <summary>Adds a file of zeros that is far larger than its archive.</summary>
    public TarText Bomb(string path, long size)
    {
        _tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path) { DataStream = new Zeros(size) });
        return this;
    }

    /// <summary>Ends it with the list of checksums and writes it.</summary>
    public void Save(string path)
    {
        File("snapshot/sha256sums.txt", _checksums.ToString(), listed: null);
        SaveWithoutList(path);
    }

    /// <summary>Ends it and writes it.</summary>
    public void SaveWithoutList(string path)
    {
        _tar.Dispose();
        _gzip.Dispose();
        System.IO.File.WriteAllBytes(path, _stream.ToArray());
    }

    public void Dispose()
    {
        _tar.Dispose();
        _gzip.Dispose();
        _stream.Dispose();
    }

    private sealed class Zeros(long size) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get => _position; set => _position = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(count, size - _position);
            Array.Clear(buffer, offset, taken);
            _position += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
