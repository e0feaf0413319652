namespace HxOps.Rollback.Running;

/// <summary>Asks people. A front end asks at its terminal, or answers for all when its user has agreed beforehand.</summary>
public interface IApprover
{
    /// <summary>Asks one person to agree.</summary>
    /// <param name="role">Who is asked.</param>
    /// <param name="question">To what.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled: nobody has agreed.</exception>
    Task<Approval> AskAsync(string role, string question, CancellationToken cancellation);
}

/// <summary>An answer.</summary>
/// <param name="Agreed">Whether the person agreed.</param>
/// <param name="By">Who it was.</param>
public sealed record Approval(bool Agreed, string By);

/// <summary>Agrees to everything: the user has said so beforehand.</summary>
/// <param name="user">The user, for the journal.</param>
public sealed class AgreedBeforehand(string user) : IApprover
{
    /// <inheritdoc/>
    public Task<Approval> AskAsync(string role, string question, CancellationToken cancellation) => Task.FromResult(new Approval(true, user));
}
