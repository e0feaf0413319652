using System.Collections.Immutable;
using System.Text;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Services.Units;

namespace HxOps.Services.Installing;

/// <summary>
/// Works out the service's environment file: made where there is none, completed where a variable is missing. What the operator has
/// written there stays.
/// </summary>
internal sealed class EnvironmentPlan(DeploymentContext context, ServiceHost host)
{
    private const string Heading = "# The environment of the gateway service. Whoever reads this file has its keys.\n";

    /// <summary>The change, or null when the file is as it must be. Its owners may be unknown until the account is made.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.SecretUnset"/>, <see cref="ServiceErrors.EnvironmentFileOpen"/>, <see cref="ServiceErrors.EnvironmentLinked"/>.</exception>
    internal PathChange? Change(ServiceEnvironment wanted)
    {
        var present = FileImage.Read(context.Root.Locate(wanted.Path));
        if (present?.Link is { } target)
            throw new HxException(ServiceErrors.EnvironmentLinked, wanted.Path, $"{wanted.Path} is a link to {target}, which something else keeps.");

        var content = present?.Content ?? [];
        var missing = wanted.Values.Keys.Concat(wanted.Secrets.Keys).Where(name => string.IsNullOrEmpty(EnvironmentFileWriter.Value(content, name))).Order(StringComparer.Ordinal).ToImmutableArray();
        var after = Image(wanted, Complete(present is null ? Encoding.UTF8.GetBytes(Heading) : content, wanted, missing));
        return present is not null && after.Matches(present) ? null : new PathChange(wanted.Path, present, after, Words(wanted, present, missing));
    }

    private byte[] Complete(byte[] content, ServiceEnvironment wanted, ImmutableArray<string> missing)
    {
        foreach (var name in missing)
            content = EnvironmentFileWriter.Add(content, name, wanted.Values.TryGetValue(name, out var value) ? value : Reveal(name, wanted), wanted.Path);

        return content;
    }

    private FileImage Image(ServiceEnvironment wanted, byte[] content) => new()
    {
        Content = content,
        Mode = wanted.Mode,
        UserId = host.IsMachine ? host.Accounts.User(wanted.Owner)?.UserId : null,
        GroupId = host.IsMachine ? host.Accounts.GroupId(wanted.Group) : null,
    };

    /// <summary>A key that is printed in documents would let everybody in who has read them.</summary>
    private string Reveal(string variable, ServiceEnvironment wanted)
    {
        var secret = wanted.Secrets[variable];
        return context.Secrets.UsesDefault(secret) || context.Secrets.Reveal(secret) is not { Length: > 0 } value
            ? throw new HxException(ServiceErrors.SecretUnset, variable, $"{wanted.Path} needs {variable}, and the only value that is known for it is the documented development key, or none.")
            : value;
    }

    private static string Words(ServiceEnvironment wanted, FileImage? present, ImmutableArray<string> missing)
    {
        var mode = Convert.ToString(wanted.Mode, 8);
        var access = $"{wanted.Owner}:{wanted.Group}, mode {mode}";
        return present is null ? $"write {wanted.Path} ({access}) with {string.Join(", ", missing)}"
            : missing.IsEmpty ? $"set the owner and the mode of {wanted.Path} ({access})"
            : $"add {string.Join(", ", missing)} to {wanted.Path} ({access}); what it holds stays";
    }
}
