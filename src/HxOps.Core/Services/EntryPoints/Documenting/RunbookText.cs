using System.Globalization;
using System.Text;
using HxOps.Deployments;

namespace HxOps.Services.EntryPoints.Documenting;

/// <summary>Writes the section "Rollback Procedure" of an operator's document, with the values of one deployment filled in.</summary>
internal sealed class RunbookText(DeploymentContext context, EntryPointPlan plan, ProcedureStatus status)
{
    private const string End = "EOF";
    private readonly StringBuilder _text = new();
    private readonly GatewayService _service = context.Deployment.Service!;

    /// <summary>The unit as operators name it.</summary>
    private string Unit => plan.Id[..plan.Id.LastIndexOf('.')];

    internal string Write()
    {
        Paragraph("## Rollback Procedure");
        Paragraph($"For {context.Deployment.Description}{(context.Deployment.Host is { } host ? $" on {host}" : "")}. HxOps writes this section; run `hxops entrypoint document --in-place` to write it again.");
        WriteWhat();
        WriteByCommand();
        WriteByHand();
        WriteWayBack();
        WriteRecord();
        return _text.ToString().TrimEnd('\n') + "\n";
    }

    private void WriteWhat()
    {
        var recorded = plan.To.RecordedUtc is { } time ? $", recorded {time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";
        Paragraph($"The unit `{Unit}` is put back to the entry point `{plan.To.Id}` ({Origin()}{recorded}, {plan.To.File}). It runs on port {_service.Port} as before.");
        List(("Now", plan.From?.Command ?? "nothing"), ("Then", plan.To.Command));
    }

    private void WriteByCommand()
    {
        Paragraph("### By HxOps");
        Paragraph("One command writes the drop-in, restarts the unit, proves health and command line, and puts the drop-in back when that fails.");
        var sudo = KeyVariable() is { } variable ? $"sudo --preserve-env={variable}" : "sudo";
        Commands($"{sudo} hxops entrypoint set {plan.To.Id}{Config()} --what-if", $"{sudo} hxops entrypoint set {plan.To.Id}{Config()} --yes");
    }

    private void WriteByHand()
    {
        Paragraph("### By hand");
        Paragraph($"1. Write the drop-in (`sudo systemctl edit {Unit}` opens the same file). The empty `ExecStart=` resets the list: without it the unit would have two commands.");
        Commands($"sudo install -d -m 755 {Path.GetDirectoryName(plan.DropIn)}", Tee(plan.After));
        Paragraph("2. Reload and restart.");
        Commands(ReloadAndRestart());
        Paragraph($"3. See that it is active: this prints `active`.");
        Commands($"sudo systemctl is-active {Unit}");
        Paragraph("4. See that the old program runs: this prints its command line.");
        Commands($"tr '\\0' ' ' < \"/proc/$(systemctl show --value --property=MainPID {Unit})/cmdline\"; echo");
        Paragraph($"5. Ask its health{KeyNote()}. Each prints its status code: {string.Join(", then ", plan.Check.Questions.Select(question => question.Status.ToString(CultureInfo.InvariantCulture)))}.");
        Commands([.. plan.Check.Questions.Select(Ask)]);
    }

    private void WriteWayBack()
    {
        Paragraph("### Back to the present entry point");
        Commands([plan.Before is { } before ? Tee(before) : $"sudo rm {plan.DropIn}", .. ReloadAndRestart(), $"sudo systemctl is-active {Unit}"]);
    }

    private void WriteRecord()
    {
        Paragraph("### Validation");
        Paragraph("Expected result: the service is active and answers its health checks with the old entry point, which is not the pipeline. Rehearse it with `Set-HxEntryPoint -Rehearse` or `hxops entrypoint set --rehearse` before it is needed.");
        Paragraph("### Status tracking");
        if (_service.Procedure is { } record)
        {
            List(("Task ID", record.Task), ("Task Title", record.Title), ("Priority", record.Priority), ("Assigned To", record.AssignedTo), ("Due Date", record.Due), ("Created", record.Created));
        }

        List(("Current Status", status.Status), ("Completion Percentage", $"{status.CompletionPercent} %"), ("Last Updated", status.LastUpdated));
        Paragraph("### Change log");
        Paragraph(string.Join('\n', status.ChangeLog.Select(line => "- " + line)));
    }

    private string Ask(HealthQuestion question)
    {
        var curl = $"curl --silent --output /dev/null --write-out '%{{http_code}}\\n' --max-time {Seconds(question.Deadline)} --retry 30 --retry-delay 1 --retry-connrefused";
        var address = $"http://127.0.0.1:{_service.Port.ToString(CultureInfo.InvariantCulture)}{question.Path}";

        // A key in curl's arguments could be read by every user of the machine.
        return Variable(question) is { } variable
            ? $"printf 'Authorization: Bearer %s\\n' \"${variable}\" | {curl} --header @- {address}"
            : $"{curl} {address}";
    }

    private string KeyNote() => KeyVariable() is { } variable ? $", with its key in the variable `{variable}`" : "";

    private string? KeyVariable() => plan.Check.Questions.Select(Variable).OfType<string>().FirstOrDefault();

    private string? Variable(HealthQuestion question) => question.Secret is not { } secret ? null
        : secret == EntryPointCheck.CallersKey ? plan.Check.KeyVariable
        : context.Deployment.Secrets.First(candidate => candidate.Name == secret).Variable;

    private string Origin() => plan.To.Origin switch
    {
        EntryPointOrigin.Git => "from version control",
        EntryPointOrigin.Live => "from the host",
        _ => "from a checkpoint",
    };

    private string Config() => plan.Request.ConfigurationPath is { } path ? $" --config {path}" : "";

    private string Tee(string content) => $"sudo tee {plan.DropIn} > /dev/null <<'{End}'\n{content}{End}";

    private string[] ReloadAndRestart() => ["sudo systemctl daemon-reload", $"sudo systemctl restart {Unit}"];

    private static string Seconds(TimeSpan span) => Math.Ceiling(span.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private void Commands(params string[] lines) => Paragraph($"```sh\n{string.Join('\n', lines)}\n```");

    private void List(params (string Name, string Value)[] facts) => Paragraph(string.Join('\n', facts.Select(fact =>
        fact.Name is "Now" or "Then" ? $"- {fact.Name}: `{fact.Value}`" : $"- {fact.Name}: {fact.Value}")));

    private void Paragraph(string text) => _text.Append(text).Append("\n\n");
}
