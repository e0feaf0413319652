using System.CommandLine;
using HxOps.Cli.Commands;
using HxOps.Cli.Demo.Practice;
using HxOps.Errors;

namespace HxOps.Cli.Demo;

/// <summary>Makes a practice deployment and leaves it running.</summary>
internal sealed class DemoNewCommand : VerbCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "A folder that does not exist yet." };

    public DemoNewCommand(CommandHost host)
        : base(host, "new", "Make a practice gateway below a folder and leave it running.", "hxops demo new /tmp/practice") => Add(_folder);

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var practice = await PracticeDeployment.CreateAsync(call.Get(_folder)!, cancellation);
        var folder = practice.Root.Folder;
        call.Write(new PracticeInfo(folder, true), DemoJson.Default.PracticeInfo, (page, _) =>
        {
            page.Line($"A practice gateway runs below {folder}. Try:");
            foreach (var words in (string[])["gateway test --wait 10", "checkpoint new", "checkpoint compare", "checkpoint restore"])
                page.Line($"  hxops --root {folder} {words}");

            page.Line("Its configuration lies in");
            page.Line("  " + practice.Root.Locate(PracticePaths.Configuration));
            page.Line("Stop and remove it with");
            page.Line($"  hxops demo end {folder}");
        });
        return ExitCode.Done;
    }
}
