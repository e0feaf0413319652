using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Integration.Tests.Cli;
using HxOps.Services;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>
/// A machine with a real systemd on which the shipped deployment is laid: configuration, Python environment and, in place of uvicorn, a
/// program that listens, crashes, sulks or does not stop as the name of its application says. hxops runs on it, as an operator runs it.
/// </summary>
public sealed class GatewayHost : IAsyncLifetime
{
    public const string Unit = "hx-gateway-ml.service";
    public const string UnitFile = "/etc/systemd/system/" + Unit;
    public const string EnvironmentFile = "/etc/hx-gateway-ml.env";
    public const string Top = "/opt/HX-Infrastructure-/api-gateway";
    public const string Uvicorn = Top + "/gateway/venv/bin/uvicorn";
    public const string Routing = Top + "/config/api-gateway/routing.yaml";
    public const string Registry = Top + "/config/api-gateway/model_registry.yaml";

    /// <summary>The key that the machine's environment file gets; nothing may show it.</summary>
    public const string Key = "r4nd0m-pl4nted-m4ster-key-77";

    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "deployments", "hx-api-gateway.yaml");

    private static readonly string[] Models = ["hx-chat", "llm02-phi3", "llm01-llama3.2-3b"];

    private const string Program = """
        #!/usr/bin/perl
        # Stands in for uvicorn: APPLICATION --host HOST --port PORT, and the application's name says how it behaves.
        use strict; use warnings; use IO::Socket::INET; $| = 1;
        my ($app, %o) = @ARGV;
        die "ImportError: no module named app, key $ENV{MASTER_KEY}\n" if $app =~ /^crash/;
        $SIG{TERM} = 'IGNORE' if $app =~ /^deaf/;
        my $s = IO::Socket::INET->new(LocalAddr => $o{'--host'}, LocalPort => $o{'--port'}, Listen => 16, ReuseAddr => 1)
            or die "[Errno 98] address already in use\n";
        print STDERR "Started server process [$$]\n", "INFO: key is $ENV{MASTER_KEY}\n";
        while (my $c = $s->accept) {
            my $line = <$c> // '';
            while (my $header = <$c>) { last if $header =~ /^\r?\n$/ }
            my ($verb, $path) = split / /, $line;
            print STDERR "ERROR: upstream failed\n" if $app =~ /^sick/;
            print STDERR "$verb $path\n" if ($path // '') =~ m{^/v1/};
            print $c $app =~ /^sick/ ? "HTTP/1.1 503 Sick\r\n" : "HTTP/1.1 200 OK\r\n", "Content-Type: application/json\r\nConnection: close\r\n\r\n{\"status\": \"ok\"}";
            close $c;
        }
        """;

    /// <summary>The machine.</summary>
    public SystemdMachine Machine { get; } = new();

    public HostRoot Root => Machine.Root;

    public async Task InitializeAsync()
    {
        await Machine.InitializeAsync();
        if (Machine.Absence is null)
            Lay();
    }

    public Task DisposeAsync() => Machine.DisposeAsync();

    /// <summary>Skips the test where there is no machine.</summary>
    public void Require() => Skip.If(Machine.Absence is not null, Machine.Absence);

    /// <summary>Runs hxops on the machine.</summary>
    internal Task<HxopsRun> RunAsync(params string[] arguments) => RunWithAsync("MASTER_KEY", Key, arguments);

    /// <summary>Runs hxops on the machine with an environment variable.</summary>
    internal async Task<HxopsRun> RunWithAsync(string variable, string value, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["MASTER_KEY"] = Key, [variable] = value };
        var result = await Machine.Runner.RunAsync(
            new ToolCommand("dotnet", [HxopsProcess.Program, .. arguments]) { Environment = environment, Deadline = TimeSpan.FromSeconds(90) }, default);
        return new HxopsRun(result.ExitCode, result.Output, result.Error);
    }

    /// <summary>Runs a program on the machine and gives what it printed.</summary>
    public async Task<string> AskAsync(string program, params string[] arguments) =>
        (await Machine.Runner.RunAsync(new ToolCommand(program, arguments), default)).Output.Trim();

    /// <summary>The shipped deployment as seen from this host, for agents of Core that drive the machine from outside.</summary>
    public DeploymentContext Open() => Open(_ => null);

    /// <summary>The same with variables of its own.</summary>
    public DeploymentContext Open(Func<string, string?> variable)
    {
        var codecs = CodecFactory.Create();
        var deployment = new DeploymentReader(codecs.Yaml, variable).Read(Shipped);
        var secrets = new SecretSource(deployment, name => name == "MASTER_KEY" ? Key : null);
        return new DeploymentContext(deployment, Root, ServiceControlSelector.For(Root, secrets.CreateRedactor()), secrets, codecs, TimeProvider.System);
    }

    /// <summary>Stops the service and takes it off the machine.</summary>
    public async Task ClearAsync()
    {
        await AskAsync("systemctl", "stop", Unit);
        await AskAsync("rm", "-rf", UnitFile, UnitFile + ".d", EnvironmentFile, "/etc/systemd/system/multi-user.target.wants/" + Unit);
        await AskAsync("systemctl", "daemon-reload");
        await AskAsync("systemctl", "reset-failed");
    }

    /// <summary>Writes a file on the machine with a mode.</summary>
    public void Write(string path, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        Machine.WriteFile(path, text);
        File.SetUnixFileMode(Root.Locate(path), mode);
    }

    private void Lay()
    {
        const UnixFileMode Runnable = (UnixFileMode)0x1ED; // 755
        Write(Uvicorn, Program, Runnable);
        Write(Top + "/gateway/venv/bin/python3", "#!/bin/sh\n", Runnable);
        Write(Top + "/gateway/src/hx_gateway/main.py", "app = None\n");
        Write(Routing, "routing:\n  strategy: ml-based-routing\n  default_group: hx-chat\n  failover_order: [\"llm02-phi3\", \"llm01-llama3.2-3b\"]\n");
        Write(Registry, "models:\n  - name: \"llm02-phi3\"\n    tier_score: 0.9\n    specializations: [\"coding\"]\n  - name: llm01-llama3.2-3b\n    tier_score: 0.5\n");
        Write(Top + "/config/api-gateway/config.yaml",
            "model_list:\n" + string.Concat(Models.Select(name =>
                $"  - model_name: {name}\n    litellm_params:\n      model: ollama/{name}\n      api_base: http://192.168.10.29:11434\n")));
        Machine.WriteUnit("hx-litellm-gateway.service", "[Unit]\nDescription=LiteLLM\n[Service]\nExecStart=/bin/sleep 6000\n[Install]\nWantedBy=multi-user.target\n");
    }
}

/// <summary>Tests that share one gateway host. Each begins with the service uninstalled.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayHostGroup : ICollectionFixture<GatewayHost>
{
    public const string Name = "gateway host";
}
