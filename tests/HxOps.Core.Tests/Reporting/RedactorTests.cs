using System.Diagnostics;
using System.Text;
using HxOps.Deployments;
using HxOps.Reporting;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Reporting;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("Authorization: Bearer abcdef123456", "Authorization: Bearer [redacted]")]
    [InlineData("-H 'Authorization: Basic dXNlcjpwYXNz' -v", "-H 'Authorization: Basic [redacted]' -v")]
    [InlineData("{\"authorization\": \"Bearer abc.def-ghi\"}", "{\"authorization\": \"Bearer [redacted]\"}")]
    [InlineData("sent bearer abcdef123456 to it", "sent bearer [redacted] to it")]
    [InlineData("tried sk-hx-dev-1234 and sk-hx-dev-default", "tried [redacted] and [redacted]")]
    [InlineData("MASTER_KEY=p@ss word & more", "MASTER_KEY=[redacted]")]
    [InlineData("export DB_PASSWORD='a b'", "export DB_PASSWORD='[redacted]'")]
    [InlineData("OPENAI_API_KEY_2=abc", "OPENAI_API_KEY_2=[redacted]")]
    [InlineData("  api_key: plain text here # old", "  api_key: [redacted]")]
    [InlineData("-  master_key: \"abc\"", "-  master_key: \"[redacted]\"")]
    [InlineData("+    client_secret: abc", "+    client_secret: [redacted]")]
    [InlineData("{\"model\": \"m\", \"api_key\": \"a\\\"b\", \"n\": 1}", "{\"model\": \"m\", \"api_key\": \"[redacted]\", \"n\": 1}")]
    [InlineData("litellm_params: {model: m, api_key: abc, n: 1}", "litellm_params: {model: m, api_key: [redacted], n: 1}")]
    [InlineData("GET /v1?api_key=abc&n=1 200", "GET /v1?api_key=[redacted]&n=1 200")]
    [InlineData("postgres://unicorn:p4ss@db:5432/x", "postgres://unicorn:[redacted]@db:5432/x")]
    [InlineData("postgres://unicorn:p@ss@db/x?a=b@c", "postgres://unicorn:[redacted]@db/x?a=b@c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_DEF", "[redacted]")]
    [InlineData("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb", "a\n[redacted]\nb")]
    [InlineData("a\n-----BEGIN PRIVATE KEY-----\nMIIE\ncut off", "a\n[redacted]")]
    [InlineData("  password: |-\n    one\n    two\n  other: 1", "  password: |-\n    [redacted]\n    [redacted]\n  other: 1")]
    [InlineData("postgresql://u:pa/ss@h/db", "postgresql://u:[redacted]@h/db")]
    [InlineData("+  password:\n+    hunter2\n   other: 1", "+  password:\n+    [redacted]\n   other: 1")]
    [InlineData("api_keys:\n  - abc\n  - def\nother: 1", "api_keys:\n  - [redacted]\n  - [redacted]\nother: 1")]
    [InlineData("token:\n  abcdef", "token:\n  [redacted]")]
    [InlineData("master_key: \"one\n  two\"\nother: 1", "master_key: [redacted]\n  [redacted]\nother: 1")]
    [InlineData("PASSWORD='one\ntwo'\nOTHER=1", "PASSWORD=[redacted]\n[redacted]\nOTHER=1")]
    [InlineData("  \"api_keys\": [\n    \"abc\"\n  ],", "  \"api_keys\": [\n    [redacted]\n  ],")]
    public void What_looks_like_a_secret_is_taken_out(string text, string redacted) => Assert.Equal(redacted, Redactor.PatternsOnly.Redact(text));

    [Theory]
    [InlineData("api_key: os.environ/OLLAMA_KEY")]
    [InlineData("PASSWORD=${DB_PASSWORD}")]
    [InlineData("max_tokens: 100")]
    [InlineData("http://127.0.0.1:4000/v1/models")]
    [InlineData("the task-force asked disk-usage-report")]
    [InlineData("model_name: emb-premium\nmode: 644\n")]
    [InlineData("secrets:\n  - one\n")]
    [InlineData("key:\n  nested: 1\n")]
    [InlineData("")]
    public void What_holds_no_secret_stays(string text) => Assert.Equal(text, Redactor.PatternsOnly.Redact(text));

    [Theory]
    [InlineData("plain 'S3cr/t+w ö\"rd&' here")]
    [InlineData("url ?k=S3cr%2Ft%2Bw%20%C3%B6%22rd%26 end")]
    [InlineData("url ?k=S3cr%2ft%2bw%20%c3%b6%22rd%26 end")]
    [InlineData("form S3cr%2Ft%2Bw+%C3%B6%22rd%26 end")]
    public void A_known_value_is_taken_out_in_every_form(string text)
    {
        var redacted = new Redactor(["S3cr/t+w ö\"rd&"]).Redact(text);

        Assert.Contains("[redacted]", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cr", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("u:")]
    [InlineData("us:")]
    [InlineData("user:")]
    public void A_known_value_is_taken_out_of_base64_wherever_it_begins(string before)
    {
        const string Secret = "planted-secret-0123456789";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Secret + ":after"));

        var redacted = new Redactor([Secret]).Redact($"body {encoded} end");

        Assert.Contains("[redacted]", redacted, StringComparison.Ordinal);
        Assert.Equal(-1, redacted.IndexOf(encoded[12..24], StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_within_a_longer_one_does_not_leave_the_rest() =>
        Assert.Equal("x [redacted] y", new Redactor(["planted", "planted-longer"]).Redact("x planted-longer y"));

    [Fact]
    [Trait("Behaviour", "T-21")]
    public void T_21_a_deployments_redactor_knows_the_value_in_use_and_the_documented_default()
    {
        using var sample = new SampleDeployment();
        var deployment = sample.Deployment with { Secrets = [new Secret("k", "SOME_NAME", "documented-value")] };
        var redactor = new SecretSource(deployment, name => name == "SOME_NAME" ? "value-in-use" : null).CreateRedactor();

        Assert.Equal("a [redacted] b [redacted]", redactor.Redact("a value-in-use b documented-value"));
    }

    [Fact]
    public void Redacting_twice_changes_nothing_more()
    {
        string[] parts =
        [
            "MASTER_KEY=", "abc", "\"", "'", "[redacted]", "redacted", "]", "[", "\n", " ", "api_key: ", "Authorization: ", "Bearer ", "sk-abcdefgh", "://u:", "p", "@", "{", "}", ",", "&",
            "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "|", "password: |\n  ", "password:\n  ", "secret: \"", "+", "-", "known-value", "os.environ/X", "key=", "secret",
        ];
        var redactor = new Redactor(["known-value", "redacted", "x"]);
        var random = new Random(3);
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => parts[random.Next(parts.Length)]));
            var once = redactor.Redact(text);

            Assert.Equal(once, redactor.Redact(once));
            Assert.DoesNotContain("known-value", once, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("key")]
    [InlineData("\"a_key\": \"")]
    [InlineData("://a:")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("authorization: ")]
    [InlineData("eyJaaaaaaaaa.")]
    [InlineData("password: |\n ")]
    [InlineData("password: \"a\n")]
    [InlineData("api_keys:\n ")]
    public void Hostile_text_takes_time_in_proportion_to_its_length(string unit)
    {
        Time(string.Concat(Enumerable.Repeat(unit, 2_000)));
        var small = Time(string.Concat(Enumerable.Repeat(unit, 4_000)));
        var large = Time(string.Concat(Enumerable.Repeat(unit, 40_000)));

        // Ten times the text; a quadratic matcher would take a hundred times as long.
        Assert.True(large < (40 * small) + TimeSpan.FromMilliseconds(500), $"{small} for the small text, {large} for the large one");
    }

    // The best of four: a busy machine makes a run longer, never shorter.
    private static TimeSpan Time(string text) => Enumerable.Range(0, 4).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        Redactor.PatternsOnly.Redact(text);
        return watch.Elapsed;
    });
}
