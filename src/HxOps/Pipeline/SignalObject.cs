using System.Collections;
using System.Globalization;
using System.Management.Automation;
using HxOps.Gateway;
using HxOps.Rollback.Criteria;

namespace HxOps.Pipeline;

/// <summary>Takes signals from whatever a pipeline brings: signals, a table, an object with properties, or JSON text.</summary>
internal static class SignalObject
{
    private const string Source = "the pipeline";

    /// <exception cref="Errors.HxException">SignalsInvalid.</exception>
    public static RollbackSignals Read(object? input) => (input is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : input) switch
    {
        null => new RollbackSignals(),
        RollbackSignals signals => signals,
        GatewayMeasurement measurement => measurement.Signals,
        string json => SignalsReader.Read(json, Source),
        IDictionary table => SignalsReader.Read(table.Cast<DictionaryEntry>().Select(entry => Member(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value)), Source),
        var other => SignalsReader.Read(PSObject.AsPSObject(other).Properties.Select(property => Member(property.Name, property.Value)), Source),
    };

    private static KeyValuePair<string, object?> Member(string name, object? value) => new(name, value is PSObject wrapped ? wrapped.BaseObject : value);
}
