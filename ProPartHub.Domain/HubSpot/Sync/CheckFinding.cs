namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>How one thing stands that a check of the account looked at.</summary>
public enum CheckOutcome
{
    /// <summary>As it should be.</summary>
    Fine = 1,

    /// <summary>It works, but something is lost by it.</summary>
    Attention,

    /// <summary>It does not work until somebody mends it.</summary>
    Fault,
}

/// <summary>What a check of the account looks at.</summary>
public enum CheckTopic
{
    /// <summary>Whether the token opens an account; values: its id, kind, time zone and currency.</summary>
    Account = 1,

    /// <summary>Whether the hub's own unique property is there.</summary>
    LeadIds,

    /// <summary>Whether the properties are there that the hub can exchange; values: those that are not.</summary>
    Properties,

    /// <summary>Pipelines of deals; values: how many, and how many stages they have.</summary>
    Pipelines,

    /// <summary>Owners; values: how many are active, and how many there are.</summary>
    Owners,

    /// <summary>Whether records of a type may be read; value: how many there are.</summary>
    Read,

    /// <summary>Whether records of a type may be written.</summary>
    Write,

    /// <summary>Limits of calls; values: calls in ten seconds, calls left today, calls a day.</summary>
    Limits,
}

/// <summary>One thing a check of the account found; the page and the command tell it in their reader's language.</summary>
/// <param name="Topic">What was looked at.</param>
/// <param name="Outcome">How it stands.</param>
/// <param name="Values">Facts, in the order that <see cref="CheckTopic"/> gives.</param>
/// <param name="Subject">The object type, where it is about one.</param>
/// <param name="MissingScope">The scope that the token lacks; where any of several would do, all of them.</param>
/// <param name="Words">What HubSpot or the client said, where it failed otherwise.</param>
public sealed record CheckFinding(
    CheckTopic Topic,
    CheckOutcome Outcome,
    IReadOnlyList<string> Values,
    string? Subject = null,
    string? MissingScope = null,
    string? Words = null
);

/// <summary>The last check of the account. Times are UTC.</summary>
/// <param name="AskedAt">When somebody asked for one that has not begun yet; else null.</param>
/// <param name="CheckedAt">When the last one ended; null where there was none.</param>
/// <param name="Findings">What it found.</param>
public sealed record AccountCheckState(
    DateTimeOffset? AskedAt,
    DateTimeOffset? CheckedAt,
    IReadOnlyList<CheckFinding> Findings
);
