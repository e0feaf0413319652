using System.Collections.Immutable;
using System.Globalization;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Metadata;

/// <summary>
/// Sets metadata. At no instant may more users do more to an entry than before or after: bits are first reduced to those that both
/// states grant, then the owner changes (which clears set-user-id and capabilities), then attributes, then the final bits, and last
/// the time. Never follows a link, not even one that takes the entry's place meanwhile.
/// </summary>
internal sealed class MetadataWriter(MetadataReader reader)
{
    private const int OwnerMayWrite = 0x180; // 600: setting user attributes needs it, and it grants nothing to others.
    private const int SetIdBits = 0xC00;
    private const string Capability = "security.capability";

    /// <summary>Brings an existing entry's metadata to the setting, touching only what differs.</summary>
    internal void Apply(string path, MetadataSetting wanted)
    {
        using var entry = Posix.Open(path, Posix.O_PATH | Posix.O_NOFOLLOW) ?? throw FileFailure.FromErrno(Posix.LastError, path, "set metadata of");
        Apply(entry, path, wanted);
    }

    /// <summary>The same for an entry that is open.</summary>
    internal void Apply(SafeFileHandle entry, string path, MetadataSetting wanted)
    {
        var present = reader.Read(entry, path);
        var ownerDiffers = wanted.UserId != present.UserId || wanted.GroupId != present.GroupId;
        if (present.Kind != FileKind.SymbolicLink)
            ApplyAccess(entry, path, present, wanted, ownerDiffers);
        else if (ownerDiffers)
            Check(Posix.ChangeOwner(entry, wanted.UserId, wanted.GroupId), path);

        if (wanted.ModifiedNanoseconds is { } modified && modified != present.ModifiedNanoseconds)
            Check(Posix.SetModified(path, modified), path);
    }

    private static void ApplyAccess(SafeFileHandle entry, string path, FileMetadata present, MetadataSetting wanted, bool ownerDiffers)
    {
        var attributes = ExtendedAttributeRules.Restorable(present.ExtendedAttributes);
        var wantedAttributes = wanted.ExtendedAttributes ?? attributes;
        if (!ownerDiffers && wanted.Mode == present.Mode && ExtendedAttributeRules.AreEqual(wantedAttributes, attributes))
            return;

        var handlePath = HandlePath(entry);
        Check(Posix.ChangeMode(handlePath, (uint)((present.Mode & wanted.Mode & ~SetIdBits) | OwnerMayWrite)), path);
        if (ownerDiffers)
        {
            Check(Posix.ChangeOwner(entry, wanted.UserId, wanted.GroupId), path);
            attributes = attributes.Remove(Capability);
        }

        SetAttributes(handlePath, path, wantedAttributes, attributes);
        Check(Posix.ChangeMode(handlePath, (uint)wanted.Mode), path);
    }

    private static void SetAttributes(
        string handlePath,
        string path,
        ImmutableSortedDictionary<string, ImmutableArray<byte>> wanted,
        ImmutableSortedDictionary<string, ImmutableArray<byte>> present)
    {
        foreach (var name in present.Keys.Where(name => !wanted.ContainsKey(name)))
        {
            if (Posix.RemoveAttribute(handlePath, name) < 0 && Posix.LastError != Posix.ENODATA)
                throw FileFailure.FromErrno(Posix.LastError, path, "set attributes of");
        }

        foreach (var (name, value) in wanted)
        {
            if (!present.TryGetValue(name, out var old) || !old.AsSpan().SequenceEqual(value.AsSpan()))
                Check(Posix.SetAttribute(handlePath, name, value.AsSpan(), (nuint)value.Length, 0), path);
        }
    }

    // The kernel's name for an open file: calls that take only a path reach it so without walking the path again.
    private static string HandlePath(SafeFileHandle file) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");

    private static void Check(int result, string path)
    {
        if (result < 0)
            throw FileFailure.FromErrno(Posix.LastError, path, "set metadata of");
    }
}
