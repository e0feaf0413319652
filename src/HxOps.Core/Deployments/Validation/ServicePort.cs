using System.Globalization;
using HxOps.Services.Units;

namespace HxOps.Deployments.Validation;

/// <summary>The port that a service's command line says it listens on.</summary>
/// <param name="Service">The service.</param>
/// <param name="Port">The port.</param>
/// <param name="Origin">The line that says so.</param>
internal sealed record ServicePort(string Service, int Port, UnitOrigin Origin)
{
    private const string Option = "--port";

    // What the programs do without the option.
    private static readonly Dictionary<string, int> Defaults = new(StringComparer.Ordinal) { ["litellm"] = 4000, ["uvicorn"] = 8000 };

    /// <summary>The port of each service that says or implies one.</summary>
    public static IEnumerable<ServicePort> Of(ServiceUnit service) =>
        from command in service.Settings.Start
        let port = PortOf(command, service.Environment)
        where port is not null
        select new ServicePort(service.Name, port.Value, command.Origin);

    private static int? PortOf(ExecCommand command, IReadOnlyDictionary<string, string> environment)
    {
        var arguments = command.Expand(environment);
        for (var i = arguments.Length - 1; i >= 0; i--)
        {
            var value = arguments[i].StartsWith(Option + "=", StringComparison.Ordinal) ? arguments[i][(Option.Length + 1)..]
                : arguments[i] == Option && i + 1 < arguments.Length ? arguments[i + 1]
                : null;
            if (value is not null)
            {
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
            }
        }

        var program = arguments is ["-m", var module, ..] ? module : Path.GetFileName(command.Program);
        return Defaults.TryGetValue(program, out var usual) ? usual : null;
    }
}
