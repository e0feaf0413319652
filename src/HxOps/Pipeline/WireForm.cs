using System.Collections;
using System.Management.Automation;
using System.Reflection;
using HxOps.Errors;

namespace HxOps.Pipeline;

/// <summary>
/// How an output travels to another PowerShell. The serializer makes text of times with an offset, in a culture's order, and numbers or
/// text of enumerations, by depth: neither can be sorted or compared at the other end. So what leaves a remote session carries UTC times
/// as <see cref="DateTime"/>, enumerations by name, exit codes as numbers, and the host's name. The object itself stays what it is.
/// </summary>
internal static class WireForm
{
    /// <summary>The property that tells which host an output came from, where it has none of its own.</summary>
    public const string HostName = "HostName";

    /// <summary>Whether what a command writes leaves for another process: a remote session or a job.</summary>
    public static bool IsWanted(PSCmdlet command) => command.Host?.Name == "ServerRemoteHost";

    /// <summary>Lays the form over an output; commands that take it still find the object below.</summary>
    public static object Of(object output)
    {
        if (FormOf(output) is not PSObject dressed)
            return output;

        if (dressed.Properties[HostName] is null)
            Show(dressed.Members, HostName, Environment.MachineName);
        return dressed;
    }

    /// <summary>Lays the form over a failure: its exit code as a number, and the host's name.</summary>
    public static void LayOver(HxException failure)
    {
        var members = PSObject.AsPSObject(failure).Members;
        Show(members, "ExitCode", (int)failure.Id.ExitCode);
        Show(members, HostName, Environment.MachineName);
    }

    private static PSObject Dress(PSObject wrapped)
    {
        foreach (var property in wrapped.BaseObject.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;

            var value = property.GetValue(wrapped.BaseObject);
            var form = FormOf(value);
            if (!ReferenceEquals(form, value))
                Show(wrapped.Members, property.Name, form);
        }

        return wrapped;
    }

    private static void Show(PSMemberInfoCollection<PSMemberInfo> members, string name, object? value)
    {
        if (members[name] is { IsInstance: true })
            members.Remove(name);
        members.Add(new PSNoteProperty(name, value));
    }

    private static object? FormOf(object? value) => value switch
    {
        null or string => value,
        DateTimeOffset time => time.UtcDateTime,
        ExitCode code => (int)code,
        Enum name => name.ToString(),
        IDictionary pairs => FormOf(pairs),
        IEnumerable items => items.Cast<object?>().Select(FormOf).ToArray(),
        _ when value.GetType().Namespace?.StartsWith("HxOps", StringComparison.Ordinal) == true => Dress(PSObject.AsPSObject(value)),
        _ => value,
    };

    private static Hashtable FormOf(IDictionary pairs)
    {
        var form = new Hashtable();
        foreach (DictionaryEntry pair in pairs)
            form[FormOf(pair.Key)!] = FormOf(pair.Value);
        return form;
    }
}
