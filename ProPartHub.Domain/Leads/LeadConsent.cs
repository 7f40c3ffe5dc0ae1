namespace ProPartHub.Domain.Leads;

/// <summary>Whether the client agreed to the keeping of personal data.</summary>
public enum ConsentState
{
    /// <summary>Nobody recorded anything.</summary>
    NotRecorded = 0,

    /// <summary>The client agreed.</summary>
    Given = 1,

    /// <summary>The client took the consent back, or refused it.</summary>
    Withdrawn = 2,
}

/// <summary>What a person says about a client's consent. It is one statement: state and note change together.</summary>
/// <param name="State">Whether the client agreed.</param>
/// <param name="Note">How the client said so, and to which text or version; at most
/// <see cref="LeadLimits.ConsentNote"/> characters in one line, or null.</param>
public sealed record ConsentInput(ConsentState State, string? Note)
{
    /// <summary>As it would be stored: the note in one line, null when empty and where nothing is recorded.</summary>
    public ConsentInput Normalised() =>
        this with
        {
            Note =
                State is not ConsentState.NotRecorded && Note?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } note
                    ? note
                    : null,
        };
}

/// <summary>A client's consent as it is recorded.</summary>
/// <param name="State">Whether the client agreed.</param>
/// <param name="GivenAt">When it was recorded that the client agreed (UTC); stays when the consent is taken back.</param>
/// <param name="WithdrawnAt">When it was recorded that the client took it back (UTC).</param>
/// <param name="Note">How the client said so, and to which text or version.</param>
/// <param name="RecordedBy">Name of who recorded the state, as it was then.</param>
public sealed record LeadConsent(
    ConsentState State,
    DateTimeOffset? GivenAt,
    DateTimeOffset? WithdrawnAt,
    string? Note,
    string? RecordedBy
)
{
    /// <summary>The lead's consent.</summary>
    public static LeadConsent Of(Lead lead) =>
        new(
            lead.ConsentWithdrawnAt is not null ? ConsentState.Withdrawn
                : lead.ConsentAt is not null ? ConsentState.Given
                : ConsentState.NotRecorded,
            lead.ConsentAt,
            lead.ConsentWithdrawnAt,
            lead.ConsentNote,
            lead.ConsentBy
        );

    /// <summary>What a form opens with.</summary>
    public ConsentInput ToInput() => new(State, Note);
}

/// <summary>What became of recording a consent.</summary>
/// <param name="Saved">True when it was stored; false when <paramref name="Conflict"/> must be settled first.</param>
/// <param name="Conflict">What somebody else recorded while the form was open.</param>
public sealed record ConsentResult(bool Saved, ConsentConflict? Conflict);

/// <summary>A consent that two people recorded differently.</summary>
/// <param name="Current">What somebody else recorded.</param>
/// <param name="ChangedBy">Who, when known.</param>
/// <param name="ChangedAt">When (UTC), when known.</param>
public sealed record ConsentConflict(ConsentInput Current, string? ChangedBy, DateTimeOffset? ChangedAt);
