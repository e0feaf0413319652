using System.Net.Sockets;

namespace HxOps.Gateway.Probers;

/// <summary>
/// Judges a connection that did not come about. A refusal is an answer: the machine is there and nothing listens. Silence, a missing
/// route or an unknown name may be the asker's own trouble, so nothing was seen.
/// </summary>
internal static class ConnectionFailure
{
    internal static ProbeAnswer Judge(SocketError error, string address, UnitHint hint) => error switch
    {
        SocketError.ConnectionRefused =>
            ProbeAnswer.Unhealthy("connection refused", $"Nothing listens on {address}: {hint}."),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            ProbeAnswer.Unhealthy("connection closed without an answer", $"What listens on {address} hangs up: {hint}."),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            ProbeAnswer.Inconclusive("host name not known", $"Correct the address {address} in the deployment file, or mend name resolution."),
        SocketError.TimedOut =>
            ProbeAnswer.Inconclusive("no answer", $"Check that {address} can be reached from here; then {hint}."),
        _ => ProbeAnswer.Inconclusive($"not reachable ({error})", $"Check that {address} can be reached from here; then {hint}."),
    };

    internal static ProbeAnswer NoAnswer(string address, TimeSpan deadline, UnitHint hint) =>
        ProbeAnswer.Inconclusive($"no answer within {FindingText.Span(deadline)}",
            $"Check that {address} can be reached and is not overloaded; {hint}.");
}
