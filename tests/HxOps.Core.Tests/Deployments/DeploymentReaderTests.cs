using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Gateway;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class DeploymentReaderTests
{
    private const string Smallest = """
        hxops: 1
        name: small
        root: /opt/gw
        backups:
          folder: backups
          checkpointPrefix: gw-
        components:
          - name: config
            archive: config
            sources:
              - path: config.yaml

        """;

    private readonly Dictionary<string, string> _environment = [];

    private Deployment Read(string text) => new DeploymentReader(new YamlDotNetReader(), _environment.GetValueOrDefault).Parse(text, "d.yaml");

    private string[] Refused(string text)
    {
        var error = Assert.Throws<HxException>(() => Read(text));
        Assert.Equal("DeploymentInvalid", error.Id.Name);
        Assert.Equal("d.yaml", error.Target);
        return error.Message.Split('\n');
    }

    private static string Change(string old, string @new)
    {
        Assert.Contains(old, Smallest, StringComparison.Ordinal);
        return Smallest.Replace(old, @new, StringComparison.Ordinal);
    }

    [Fact]
    public void The_smallest_file_has_sensible_values_for_the_rest()
    {
        var deployment = Read(Smallest);

        Assert.Equal(new BackupPolicy("/opt/gw/backups", "gw-", "pre-restore-", 5), deployment.Backups);
        var component = Assert.Single(deployment.Components);
        Assert.Equal(ComponentRole.State, component.Role);
        Assert.Equal(new FileSource("/opt/gw/config.yaml", Presence.Optional), Assert.Single(component.Sources));
        Assert.Empty(deployment.Units);
        Assert.Empty(deployment.Probes);
        Assert.Equal("d.yaml", deployment.Source);
    }

    [Theory]
    [InlineData("backups:", "bakcups:", "d.yaml:4:1: a deployment file has no key 'bakcups'; did you mean 'backups'?")]
    [InlineData("  folder:", "  fodler:", "d.yaml:5:3: backups has no key 'fodler'; did you mean 'folder'?")]
    [InlineData("archive: config", "archive: config\n    roll: state", "d.yaml:10:5: a component has no key 'roll'; did you mean 'role'?")]
    [InlineData("name: small", "name: small\nxyzzyplugh: 1", "d.yaml:3:1: a deployment file has no key 'xyzzyplugh'; it has hxops, name, description, host, root, backups, components, units, secrets, endpoints, python, configuration, service, probes")]
    public void An_unknown_key_is_refused_with_the_nearest_known_one(string old, string @new, string message) =>
        Assert.Contains(message, Refused(Change(old, @new)));

    [Theory]
    [InlineData("hxops: 1\n", "", "d.yaml:1:1: a deployment file needs the key 'hxops'")]
    [InlineData("hxops: 1", "hxops: 2", "d.yaml:1:8: '2' is not a whole number from 1 to 1")]
    [InlineData("hxops: 1", "hxops: '1'", "d.yaml:1:8: '1' is not a whole number from 1 to 1")]
    [InlineData("name: small", "name: [a]", "d.yaml:2:7: expected a name of letters, digits, '.', '_' and '-', found a list")]
    [InlineData("name: small", "name:", "d.yaml:2:6: expected a name of letters, digits, '.', '_' and '-', found nothing")]
    [InlineData("name: small", "name: ../x", "d.yaml:2:7: '../x' is not a name of letters, digits, '.', '_' and '-'")]
    [InlineData("root: /opt/gw", "root: opt/gw", "d.yaml:3:7: 'opt/gw' is not an absolute path")]
    [InlineData("folder: backups", "folder: ../backups", "d.yaml:5:11: '../backups' holds an empty segment, '.' or '..'; write the path out")]
    [InlineData("folder: backups", "folder: a//b", "d.yaml:5:11: 'a//b' holds an empty segment, '.' or '..'; write the path out")]
    [InlineData("folder: backups", "folder: back*", "d.yaml:5:11: 'back*' holds a wildcard; this key takes one path")]
    [InlineData("path: config.yaml", "path: \"a\\x01b\"", "d.yaml:11:15: 'a?b' holds a control character")]
    [InlineData("path: config.yaml", "path: a/*/b/c", "d.yaml:11:15: 'a/*/b/c' holds a wildcard before its last 2 segments")]
    [InlineData("path: config.yaml", "path: config.yaml\n        presence: always", "d.yaml:12:19: 'always' is not one of optional, required")]
    [InlineData("path: config.yaml", "path: config.yaml\n        secret: yes", "d.yaml:12:17: 'yes' is not true or false")]
    [InlineData("path: config.yaml", "path: config.yaml\n        newest: 0", "d.yaml:12:17: '0' is not a whole number from 1 to 10000")]
    [InlineData("path: config.yaml", "path: config.yaml\n        policy: { user: root, group: root, files: \"888\" }", "d.yaml:12:51: '888' is not an octal file mode such as 644")]
    [InlineData("path: config.yaml", "path: config.yaml\n        policy: { user: root }", "d.yaml:12:17: a policy needs the key 'group'")]
    [InlineData("archive: config", "archive: ../config", "d.yaml:9:14: '../config' is not a folder within the archive such as scripts/tests")]
    [InlineData("checkpointPrefix: gw-", "checkpointPrefix: pre-restore-x", "d.yaml:5:3: checkpointPrefix and safetyPrefix must not begin with one another, or the two kinds could not be told apart")]
    [InlineData("    sources:\n      - path: config.yaml", "    sources: 5", "d.yaml:10:14: expected a list")]
    [InlineData("name: small", "name: small\ndescription: |\n  two\n  lines", "d.yaml:3:14: 'two?lines?' has more than one line")]
    [InlineData("name: small", "name: small\nname: two", "d.yaml:3:1: the key 'name' appears a second time; the first is at 2:1")]
    public void A_wrong_value_is_refused_where_it_stands(string old, string @new, string message)
    {
        var error = Assert.Throws<HxException>(() => Read(Change(old, @new)));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("units:\n  - { name: x }\n", "d.yaml:13:13: 'x' is not a full unit name such as x.service")]
    [InlineData("units:\n  - { name: x.service }\n  - { name: x.service, start: never }\n", "d.yaml:14:5: the name 'x.service' is used a second time in this list")]
    [InlineData("endpoints:\n  - { name: e, url: 'ftp://h', layer: upstream }\n", "d.yaml:13:21: 'ftp://h' is not an http or https address such as http://127.0.0.1:4000")]
    [InlineData("endpoints:\n  - { name: e, url: 'http://u:p@h', layer: upstream }\n", "d.yaml:13:21: 'http://u:p@h' holds credentials; name a secret instead")]
    [InlineData("endpoints:\n  - { name: e, url: 'http://h:0', layer: upstream }\n", "d.yaml:13:21: 'http://h:0' is not an http or https address such as http://127.0.0.1:4000")]
    [InlineData("secrets:\n  - { name: key, variable: KEY }\nendpoints:\n  - { name: e, url: 'http://h', layer: upstream, secret: kye }\n", "d.yaml:15:58: 'kye' names no secret of this file; did you mean 'key'?")]
    [InlineData("endpoints:\n  - { name: up, url: 'http://h', layer: upstream }\nprobes:\n  - { name: p, kind: backend, endpoint: upp }\n", "d.yaml:15:41: 'upp' names no endpoint of this file; did you mean 'up'?")]
    [InlineData("probes:\n  - { name: p, kind: modles, endpoint: up }\n", "d.yaml:13:22: 'modles' is no kind of a probe; did you mean 'models'?")]
    [InlineData("probes:\n  - { name: p }\n", "d.yaml:13:5: a probe needs the key 'kind': one of unit, port, http, deepHealth, models, embeddings, chat, stream, backend, log")]
    [InlineData("probes:\n  - { name: p, kind: unit, unit: x.service, deadline: 5 }\n", "d.yaml:13:55: '5' is not a time such as 500ms, 5s or 2m, at most 10m")]
    [InlineData("probes:\n  - { name: p, kind: unit, unit: x.service, deadline: 11m }\n", "d.yaml:13:55: '11m' is not a time such as 500ms, 5s or 2m, at most 10m")]
    [InlineData("probes:\n  - { name: p, kind: port }\n", "d.yaml:13:5: a probe of kind port needs the key 'endpoint' or the key 'port'")]
    [InlineData("probes:\n  - { name: p, kind: log, pattern: 'a*/b.log' }\n", "d.yaml:13:36: 'a*/b.log' holds a wildcard before its last segment")]
    [InlineData("probes:\n  - { name: p, kind: log, pattern: 'b.log', failurePattern: '(a)\\1' }\n", "d.yaml:13:61: '(a)\\1' is not a regular expression without look-around and back references")]
    public void A_wrong_reference_or_probe_is_refused_where_it_stands(string addition, string message) =>
        Assert.Equal([message], Refused(Smallest + addition));

    [Fact]
    public void All_that_is_wrong_is_said_at_once_in_the_order_of_the_text_and_bounded()
    {
        var text = Change("name: small", "naem: small") + "units:\n" + string.Concat(Enumerable.Range(0, 12).Select(_ => "  - { name: bad }\n"));

        var lines = Refused(text);

        Assert.Equal(11, lines.Length);
        Assert.StartsWith("d.yaml:1:1: a deployment file needs the key 'name'", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("d.yaml:2:1: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("and 4 more", lines[^1]);
    }

    [Theory]
    [InlineData("- a list\n", "d.yaml:1:1: expected a deployment file: a mapping with hxops, name")]
    [InlineData("", "d.yaml:1:1: a deployment file needs the key 'hxops'")]
    [InlineData("a: [\n", "d.yaml:")]
    public void Something_else_than_a_deployment_is_refused(string text, string beginning) =>
        Assert.StartsWith(beginning, Refused(text)[0], StringComparison.Ordinal);

    [Fact]
    [Trait("Behaviour", "C-60")]
    public void C_60_values_come_from_the_environment_and_keys_do_not()
    {
        var text = Change("folder: backups", "folder: ${BACKUPS:-backups}\n  keep: ${KEEP:-5}") + "secrets:\n  - { name: k, variable: K, default: 'a$$b$c' }\n";

        Assert.Equal("/opt/gw/backups", Read(text).Backups.Folder);
        Assert.Equal(5, Read(text).Backups.Keep);
        Assert.Equal("a$b$c", Read(text).Secrets[0].Default);

        _environment["BACKUPS"] = "/mnt/backups";
        _environment["KEEP"] = "9";
        Assert.Equal(new BackupPolicy("/mnt/backups", "gw-", "pre-restore-", 9), Read(text).Backups);
        Assert.Contains("d.yaml:2:1: a deployment file has no key '${KEY}'; it has", Refused(Change("name: small", "${KEY}: small"))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${MISSING}", "the environment variable MISSING is not set; set it, or write ${MISSING:-default}")]
    [InlineData("${OPEN", "'${' has no closing '}' (a dollar sign itself is written '$$')")]
    [InlineData("${1X}", "'1X' is no name of an environment variable")]
    [InlineData("${LONG}${LONG}", "the text has more than 8192 characters once its variables are replaced")]
    public void A_variable_that_cannot_be_replaced_is_refused_where_it_stands(string value, string problem)
    {
        _environment["LONG"] = new string('x', 5000);

        Assert.Equal([$"d.yaml:5:11: {problem}"], Refused(Change("folder: backups", $"folder: {value}")));
    }

    [Fact]
    public void A_value_from_the_environment_is_not_repeated_in_a_message()
    {
        _environment["KEEP"] = "sk-planted-secret";

        var message = Assert.Single(Refused(Change("folder: backups", "folder: backups\n  keep: ${KEEP}")));

        Assert.Equal("d.yaml:6:9: '${KEEP}' is not a whole number from 1 to 100000", message);
    }

    [Fact]
    public void A_policy_of_the_component_holds_for_sources_without_their_own()
    {
        var deployment = Read(Change("archive: config", "archive: config\n    policy: { user: root, group: gw, files: 640 }")
            + "      - path: run.sh\n        policy: { user: gw, group: gw, scripts: \"0755\" }\n");

        Assert.Equal(new OwnershipPolicy("root", "gw", 0x1A0, null, null), deployment.Components[0].Sources[0].Policy);
        Assert.Equal(new OwnershipPolicy("gw", "gw", null, 0x1ED, null), deployment.Components[0].Sources[1].Policy);
    }

    [Fact]
    public void A_probe_takes_layer_host_and_port_from_its_endpoint()
    {
        var deployment = Read(Smallest + """
            endpoints:
              - { name: up, url: "http://10.0.0.9:4000/", layer: upstream }
            probes:
              - { name: port, kind: port, endpoint: up }
              - { name: other, kind: port, port: 22, layer: wrapper, importance: wanted, deadline: 250ms }

            """);

        Assert.Equal(
            new PortProbe("10.0.0.9", 4000) { Name = "port", Importance = Importance.Required, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(5) },
            deployment.Probes[0]);
        Assert.Equal(
            new PortProbe("127.0.0.1", 22) { Name = "other", Importance = Importance.Wanted, Layer = GatewayLayer.Wrapper, Deadline = TimeSpan.FromMilliseconds(250) },
            deployment.Probes[1]);
    }

    [Fact]
    public void A_missing_file_and_a_binary_one_are_refused_by_name()
    {
        using var folder = new TestKit.ScratchFolder();
        var path = folder["d.yaml"];
        var reader = new DeploymentReader(new YamlDotNetReader(), _environment.GetValueOrDefault);
        Assert.Equal("PathNotFound", Assert.Throws<HxException>(() => reader.Read(path)).Id.Name);

        File.WriteAllBytes(path, [0x68, 0xFF, 0xFE]);
        Assert.Equal("TextUnreadable", Assert.Throws<HxException>(() => reader.Read(path)).Id.Name);

        File.WriteAllText(path, new string('#', 2 << 20));
        Assert.Equal("TextUnreadable", Assert.Throws<HxException>(() => reader.Read(path)).Id.Name);
    }
}
