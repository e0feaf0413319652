using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace HxOps.Pipeline;

/// <summary>The records within a record: its own members and the items of its lists. What it works out from them is not part of it.</summary>
internal static class OutputParts
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_members = new();

    /// <summary>The parts one level down.</summary>
    public static IEnumerable<object> Of(object record) => MembersOf(record.GetType()).SelectMany(member => member.GetValue(record) switch
    {
        null or string => [],
        IEnumerable items when Holds(member.PropertyType) => items.Cast<object>().Where(item => HxOutput.IsRecord(item.GetType())),
        var value => HxOutput.IsRecord(value.GetType()) ? [value] : Enumerable.Empty<object>(),
    });

    private static PropertyInfo[] MembersOf(Type type) => s_members.GetOrAdd(type, static type =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true, CanWrite: true } && property.GetIndexParameters().Length == 0)
            .Where(property => HxOutput.IsRecord(property.PropertyType) || Holds(property.PropertyType)),
    ]);

    private static bool Holds(Type list) => list.IsGenericType && list.GetGenericArguments() is [var item] && HxOutput.IsRecord(item);
}
