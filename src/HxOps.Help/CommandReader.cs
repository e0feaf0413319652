using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace HxOps.Help;

/// <summary>Reads the cmdlets of a compiled module, so that the documents need hold only what code cannot say.</summary>
public static class CommandReader
{
    /// <summary>The cmdlets by name.</summary>
    /// <param name="module">Path of the module's assembly; what it needs lies beside it.</param>
    public static ImmutableArray<CommandDescription> Read(string module) =>
        [.. Assembly.LoadFrom(Path.GetFullPath(module)).GetExportedTypes()
            .Where(type => Attribute<CmdletAttribute>(type) is not null)
            .Select(Describe)
            .OrderBy(command => command.Name, StringComparer.Ordinal)];

    // PowerShellStandard's members do nothing, so attributes are read as data and never made.
    private static CustomAttributeData? Attribute<T>(MemberInfo member) =>
        member.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(T));

    private static CommandDescription Describe(Type type)
    {
        var cmdlet = Attribute<CmdletAttribute>(type)!;
        var instance = Activator.CreateInstance(type)!;
        var parameters = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => Attribute<ParameterAttribute>(property) is not null)
            .Select(property => Describe(property, instance));
        if (Named(cmdlet, nameof(CmdletAttribute.SupportsShouldProcess)) is true)
            parameters = [.. parameters, Switch("WhatIf", "wi"), Switch("Confirm", "cf")];
        (instance as IDisposable)?.Dispose();

        return new CommandDescription(
            (string)cmdlet.ConstructorArguments[0].Value!,
            (string)cmdlet.ConstructorArguments[1].Value!,
            Named(cmdlet, nameof(CmdletAttribute.DefaultParameterSetName)) as string ?? "",
            [.. parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
            [.. OutputsOf(type)]);
    }

    private static ParameterDescription Describe(PropertyInfo property, object instance)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isSwitch = type == typeof(SwitchParameter);
        return new ParameterDescription(
            property.Name,
            TypeName(type),
            isSwitch,
            Attribute<SupportsWildcardsAttribute>(property) is not null,
            isSwitch ? "False" : Text(property.GetValue(instance)),
            [.. AliasesOf(property)],
            type.IsEnum ? [.. Enum.GetNames(type)] : [],
            [.. property.CustomAttributes.Where(attribute => attribute.AttributeType == typeof(ParameterAttribute)).Select(PlaceOf)]);
    }

    private static ParameterDescription Switch(string name, string alias) =>
        new(name, nameof(SwitchParameter), true, false, "False", [alias], [], [new ParameterPlace(ParameterPlace.EverySet, false, null, "False")]);

    private static ParameterPlace PlaceOf(CustomAttributeData attribute)
    {
        var byValue = Named(attribute, nameof(ParameterAttribute.ValueFromPipeline)) is true;
        var byName = Named(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true;
        return new ParameterPlace(
            Named(attribute, nameof(ParameterAttribute.ParameterSetName)) as string ?? ParameterPlace.EverySet,
            Named(attribute, nameof(ParameterAttribute.Mandatory)) is true,
            Named(attribute, nameof(ParameterAttribute.Position)) as int?,
            (byValue, byName) switch
            {
                (true, true) => "True (ByValue, ByPropertyName)",
                (true, false) => "True (ByValue)",
                (false, true) => "True (ByPropertyName)",
                _ => "False",
            });
    }

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    private static IEnumerable<string> AliasesOf(PropertyInfo property) =>
        Attribute<AliasAttribute>(property)?.ConstructorArguments[0].Value is IEnumerable<CustomAttributeTypedArgument> names
            ? names.Select(name => (string)name.Value!)
            : [];

    private static IEnumerable<string> OutputsOf(Type type) =>
        Attribute<OutputTypeAttribute>(type)?.ConstructorArguments[0].Value is IEnumerable<CustomAttributeTypedArgument> types
            ? types.Select(output => ((Type)output.Value!).FullName!)
            : [];

    private static string TypeName(Type type) => type switch
    {
        { IsArray: true } => TypeName(type.GetElementType()!) + "[]",
        _ when type == typeof(int) => "Int32",
        _ => type.Name,
    };

    private static string Text(object? value) => value switch
    {
        null or "" => "",
        string text => text,
        IEnumerable items => string.Join(", ", items.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
