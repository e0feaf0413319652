using System.Text;

namespace HxOps.Cli.Demo;

/// <summary>Lines for people: standard output, or nowhere in a JSON run.</summary>
internal sealed class CallWriter(Call call) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => call.Tell(value ?? "");
}
