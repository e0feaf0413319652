using System.CommandLine;
using System.CommandLine.Invocation;
using HxOps.Cli;
using HxOps.Codecs;

// At the first question about a terminal the runtime would switch its keypad by an escape sequence on standard output; a dumb one has none.
Environment.SetEnvironmentVariable("TERM", "dumb");

// The composition root: the only place of this project that names the codecs.
var opener = new DeploymentOpener(CodecFactory.Create(), Path.Combine(AppContext.BaseDirectory, "deployments"), Path.Combine(AppContext.BaseDirectory, "plans"));
var host = new CommandHost(new Terminal(), new GlobalOptions(), opener);
using var signals = new StopSignals();

// A name that begins with @ is a name: no response files.
var arguments = CommandTree.Build(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = host.Terminal.Output };
return host.Settle(arguments.Action is ParseErrorAction ? host.RejectArguments(arguments) : await arguments.InvokeAsync(invocation, signals.Token));
