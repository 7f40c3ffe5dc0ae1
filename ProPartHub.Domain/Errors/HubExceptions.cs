using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Errors;

/// <summary>An input breaks a rule; nothing was stored.</summary>
public sealed class InvalidInputException(IReadOnlyList<FieldError> errors)
    : Exception($"Invalid input: {string.Join(", ", errors.Select(error => $"{error.Field}:{error.Code}"))}")
{
    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = errors;

    /// <summary>One error at one field.</summary>
    public InvalidInputException(string field, string code)
        : this([new FieldError(field, code)]) { }
}

/// <summary>
/// The thing does not exist or the actor may not know that it does; the two are deliberately not told apart.
/// </summary>
public sealed class NotFoundException(string what) : Exception($"{what} was not found.")
{
    /// <summary>The same for a thing that is there and is kept from the actor, which the audit is told and the actor is not.</summary>
    /// <param name="actor">From whom.</param>
    /// <param name="what">What is said not to be found.</param>
    /// <param name="act">What the actor was about to do.</param>
    /// <param name="userId">The account it is about.</param>
    /// <param name="leadId">The lead it is about.</param>
    internal static NotFoundException Hidden(
        Actor actor,
        string what,
        GuardedAct act,
        Guid? userId = null,
        Guid? leadId = null
    )
    {
        actor.Refusals?.Note(actor, act, userId, leadId);
        return new NotFoundException(what);
    }
}

/// <summary>The actor sees the thing but may not do this to it.</summary>
public class ForbiddenException : Exception
{
    private protected ForbiddenException(GuardedAct act)
        : base($"Not allowed: {act}.") => Act = act;

    /// <summary>What was refused.</summary>
    public GuardedAct Act { get; }

    /// <summary>The only way to refuse for want of a right: whoever is refused, the audit is told.</summary>
    /// <param name="actor">Who is refused; null for a visitor, of whom there is nothing to tell.</param>
    /// <param name="act">What.</param>
    /// <param name="userId">The account it is about.</param>
    /// <param name="leadId">The lead it is about.</param>
    internal static ForbiddenException For(Actor? actor, GuardedAct act, Guid? userId = null, Guid? leadId = null)
    {
        actor?.Refusals?.Note(actor, act, userId, leadId);
        return new ForbiddenException(act);
    }
}

/// <summary>The client's data were erased: nothing about the lead can be changed or added any more, by nobody.</summary>
public sealed class ClientErasedException : ForbiddenException
{
    private ClientErasedException()
        : base(GuardedAct.ChangeErasedLead) { }

    /// <summary>The only way to refuse so: the audit is told, as of every refusal.</summary>
    /// <param name="actor">Who is refused.</param>
    /// <param name="leadId">The lead.</param>
    internal static ClientErasedException Of(Actor actor, Guid leadId)
    {
        actor.Refusals?.Note(actor, GuardedAct.ChangeErasedLead, leadId: leadId);
        return new ClientErasedException();
    }
}

/// <summary>The lead was merged into another of the same client: what is to be changed is changed there.</summary>
public sealed class LeadMergedException : ForbiddenException
{
    private LeadMergedException()
        : base(GuardedAct.ChangeMergedLead) { }

    /// <summary>The only way to refuse so: the audit is told, as of every refusal.</summary>
    /// <param name="actor">Who is refused.</param>
    /// <param name="leadId">The lead.</param>
    internal static LeadMergedException Of(Actor actor, Guid leadId)
    {
        actor.Refusals?.Note(actor, GuardedAct.ChangeMergedLead, leadId: leadId);
        return new LeadMergedException();
    }
}
