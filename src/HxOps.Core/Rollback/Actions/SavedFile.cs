using System.Collections.Immutable;
using System.Globalization;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Rollback.Actions;

/// <summary>Keeps a file as it was in the run's folder, so that a step which changes it can be taken back.</summary>
internal static class SavedFile
{
    private const string Saved = "saved";
    private const string Absent = "absent";

    /// <summary>Saves the file; the notes say where, or that there was none.</summary>
    public static ImmutableSortedDictionary<string, string> Keep(string localPath, ActionScope scope)
    {
        var notes = ImmutableSortedDictionary<string, string>.Empty;
        var target = FileReplacement.Target(localPath);
        if (!File.Exists(target))
        {
            return notes.Add(Absent, "true");
        }

        var metadata = new MetadataReader(new AccountDirectory()).Read(target);
        var copy = scope.Folder.Write(FreeName(scope), FileReplacement.Read(target));
        return notes
            .Add(Saved, Path.GetFileName(copy))
            .Add("mode", metadata.Mode.ToString(CultureInfo.InvariantCulture))
            .Add("user", metadata.UserId.ToString(CultureInfo.InvariantCulture))
            .Add("group", metadata.GroupId.ToString(CultureInfo.InvariantCulture))
            .Add("modified", metadata.ModifiedNanoseconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Puts the file back, bytes and metadata.</summary>
    public static void PutBack(string localPath, ImmutableSortedDictionary<string, string> notes, ActionScope scope)
    {
        if (!notes.TryGetValue(Saved, out var copy))
        {
            TreeRemover.Remove(FileReplacement.Target(localPath));
            return;
        }

        var setting = new MetadataSetting(Number(notes, "mode"), (uint)Number(notes, "user"), (uint)Number(notes, "group"))
        {
            ModifiedNanoseconds = long.Parse(notes["modified"], CultureInfo.InvariantCulture),
        };
        FileReplacement.Write(localPath, FileReplacement.Read(Path.Combine(scope.Folder.Path, copy)), setting);
    }

    // A step with two ways may change two files.
    private static string FreeName(ActionScope scope)
    {
        var number = 1;
        while (File.Exists(Path.Combine(scope.Folder.Path, Name())))
        {
            number++;
        }

        return Name();

        string Name() => string.Create(CultureInfo.InvariantCulture, $"saved-{scope.Step}-{number}");
    }

    private static int Number(ImmutableSortedDictionary<string, string> notes, string name) => (int)uint.Parse(notes[name], CultureInfo.InvariantCulture);
}
