using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Remembers what switches said last. Only a cache: what cannot be read or written there is no failure.</summary>
internal sealed class SwitchMemory(DeploymentContext context)
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Private = PrivateFile | UnixFileMode.UserExecute;
    private const int MostBytes = 1 << 20;

    private static readonly ImmutableSortedDictionary<string, SeenSwitch> Nothing = ImmutableSortedDictionary<string, SeenSwitch>.Empty;

    private string Path => System.IO.Path.Combine(context.StateFolder, "switches.json");

    public SeenSwitch? Recall(string address) => Load().GetValueOrDefault(address);

    public void Remember(string address, SeenSwitch seen)
    {
        try
        {
            FolderSync.Create(context.StateFolder, Private);
            DurableFile.WriteAllBytes(Path, JsonSerializer.SerializeToUtf8Bytes(Load().SetItem(address, seen), SwitchJson.Default.ImmutableSortedDictionaryStringSeenSwitch), PrivateFile);
        }
        catch (HxException)
        {
            // Whoever may read the switch need not be allowed to write beside the checkpoints.
        }
    }

    private ImmutableSortedDictionary<string, SeenSwitch> Load()
    {
        try
        {
            return File.Exists(Path) && new FileInfo(Path).Length <= MostBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(Path), SwitchJson.Default.ImmutableSortedDictionaryStringSeenSwitch) ?? Nothing
                : Nothing;
        }
        catch (Exception unreadable) when (unreadable is JsonException || FileFailure.IsOne(unreadable))
        {
            return Nothing;
        }
    }
}

/// <summary>What a switch said.</summary>
internal sealed record SeenSwitch(SwitchPosition State, double? RolloutPercent, DateTimeOffset TimeUtc);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, SeenSwitch>))]
internal sealed partial class SwitchJson : JsonSerializerContext;
