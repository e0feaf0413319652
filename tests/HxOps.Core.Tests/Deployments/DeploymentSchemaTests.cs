using System.Text.Json;
using HxOps.Deployments;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class DeploymentSchemaTests
{
    private static string CommittedFile
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "HxOps.psd1")))
            {
                folder = folder.Parent!;
            }

            return Path.Combine(folder.FullName, "docs", "schemas", "deployment.schema.json");
        }
    }

    /// <summary>To write the file anew, run this test with HXOPS_WRITE_SCHEMA=1.</summary>
    [Fact]
    public void The_published_schema_is_what_the_reader_reads_with()
    {
        if (Environment.GetEnvironmentVariable("HXOPS_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(CommittedFile, DeploymentSchema.Write());
        }

        Assert.Equal(DeploymentSchema.Write(), File.ReadAllText(CommittedFile));
    }

    [Fact]
    public void The_schema_knows_every_key_and_refuses_others()
    {
        using var schema = JsonDocument.Parse(DeploymentSchema.Write());
        var root = schema.RootElement;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Assert.False(root.GetProperty("additionalProperties").GetBoolean());
        var properties = root.GetProperty("properties");
        Assert.Equal(["hxops", "name", "root", "backups", "components"], root.GetProperty("required").EnumerateArray().Select(key => key.GetString()!));
        Assert.True(properties.GetProperty("components").GetProperty("items").GetProperty("properties").TryGetProperty("sources", out _));
        Assert.Equal(10, properties.GetProperty("probes").GetProperty("items").GetProperty("oneOf").GetArrayLength());
        Assert.True(root.GetProperty("$defs").TryGetProperty("variable", out _));
    }
}
