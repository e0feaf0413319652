// The services of the two rollback documents, for containers of tests. What they do depends on the environment that their container was
// created with.
//   HxOps.SiteDouble hub PORT     pages and the flag endpoint; FEATURE_UNIFIED_LLM_HUB decides. /code/version is what was built in.
//   HxOps.SiteDouble pilot PORT   a service of the pilot: health, kill switch, sessions, metrics, seed, stream. MODE or RELEASE can break it.
using System.Globalization;
using System.Net;
using HxOps.SiteDouble;
using HxOps.TestKit;

using var server = new GatewayDouble(new IPEndPoint(IPAddress.Any, int.Parse(args[1], CultureInfo.InvariantCulture)));
if (args[0] == "hub")
{
    HubSite.Set(server);
}
else
{
    new PilotService().Set(server);
}

Console.WriteLine($"INFO {args[0]} listens; its key is {Environment.GetEnvironmentVariable("SITE_KEY")}");
await Task.Delay(Timeout.Infinite);
