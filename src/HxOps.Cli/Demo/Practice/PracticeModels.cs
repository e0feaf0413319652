using System.Collections.Immutable;

namespace HxOps.Cli.Demo.Practice;

/// <summary>The sixteen models of the practice gateway.</summary>
internal static class PracticeModels
{
    /// <summary>Name, what the backend calls it, and which backend has it.</summary>
    public static readonly ImmutableArray<(string Name, string Model, int Backend)> All =
    [
        ("emb-premium", "mxbai-embed-large", 2),
        ("emb-perf", "nomic-embed-text", 2),
        ("emb-light", "all-minilm", 2),
        ("hx-chat", "llama3.2:3b", 0),
        ("hx-chat-fast", "qwen3:1.7b", 0),
        ("hx-chat-premium", "cogito:3b", 0),
        ("hx-chat-code", "deepcoder:14b", 1),
        ("llm01-llama3.2-3b", "llama3.2:3b", 0),
        ("llm01-qwen3-1.7b", "qwen3:1.7b", 0),
        ("llm01-mistral-small3.2", "mistral-small3.2", 0),
        ("llm02-phi3", "phi3", 1),
        ("llm02-gemma2-2b", "gemma2:2b", 1),
        ("llm02-cogito-3b", "cogito:3b", 1),
        ("llm02-deepcoder-14b", "deepcoder:14b", 1),
        ("orc-imp4-gpu", "imp4", 2),
        ("orc-dolphin3-8b", "dolphin3:8b", 2),
    ];
}
