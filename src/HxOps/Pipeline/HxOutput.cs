using System.Management.Automation;

namespace HxOps.Pipeline;

/// <summary>Tells what a command of HxOps wrote, here or on another host, from anything else that a pipeline may bring.</summary>
internal static class HxOutput
{
    private const string FromAfar = "Deserialized.";

    /// <summary>Whether a command of HxOps wrote it.</summary>
    public static bool IsOne(object? input) => input is not null && RecordOf(input).StartsWith("HxOps.", StringComparison.Ordinal);

    /// <summary>Whether a type is one of the records that commands write, or of their parts.</summary>
    public static bool IsRecord(Type type) => type is { IsClass: true, Namespace: { } room } && room.StartsWith("HxOps.", StringComparison.Ordinal);

    /// <summary>Full name of the record that an object is, or is the copy of.</summary>
    public static string RecordOf(object input)
    {
        var wrapped = PSObject.AsPSObject(input);
        if (wrapped.BaseObject is not PSCustomObject)
            return wrapped.BaseObject.GetType().FullName ?? "";

        return wrapped.TypeNames[0] is var name && name.StartsWith(FromAfar, StringComparison.Ordinal) ? name[FromAfar.Length..] : "";
    }
}
