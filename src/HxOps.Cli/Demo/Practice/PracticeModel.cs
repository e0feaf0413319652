using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace HxOps.Cli.Demo.Practice;

/// <summary>A model that knows nothing and always says the same: its answers depend on its name and the request alone.</summary>
internal static class PracticeModel
{
    private const int Words = 24;
    private static readonly ImmutableArray<string> Vocabulary =
        ["a", "the", "gateway", "checkpoint", "model", "answers", "restores", "quickly", "and", "then", "quietly", "every", "request", "while", "nothing", "moves"];

    /// <summary>The words of an answer.</summary>
    public static ImmutableArray<string> Say(string model, string request) =>
        [.. Numbers($"{model}\n{request}").Take(Words).Select(number => Vocabulary[(int)(number % (uint)Vocabulary.Length)])];

    /// <summary>A vector for a text.</summary>
    public static IEnumerable<float> Embed(string model, string text, int dimensions) =>
        Numbers($"{model}\n{text}").Take(dimensions).Select(number => MathF.Round((number / (float)uint.MaxValue * 2) - 1, 4));

    private static IEnumerable<uint> Numbers(string seed)
    {
        var block = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        while (true)
        {
            for (var at = 0; at < block.Length; at += sizeof(uint))
                yield return BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(at));

            block = SHA256.HashData(block);
        }
    }
}
