using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Catalogue.Matching;

/// <summary>What is compared between a lead and a development.</summary>
public enum MatchAspect
{
    /// <summary>The country.</summary>
    Country = 1,

    /// <summary>The price and the budget.</summary>
    Price,

    /// <summary>The kind of property.</summary>
    Kind,

    /// <summary>The purpose of the purchase.</summary>
    Goal,
}

/// <summary>What a comparison says.</summary>
public enum MatchGrade
{
    /// <summary>It fits.</summary>
    Exact = 1,

    /// <summary>It misses by no more than the tolerance.</summary>
    Near,

    /// <summary>It does not fit, which rules nothing out.</summary>
    Different,

    /// <summary>The budget is in another currency and is not compared.</summary>
    OtherCurrency,
}

/// <summary>One reason for a match, or a reservation.</summary>
/// <param name="Aspect">What was compared.</param>
/// <param name="Grade">With what outcome.</param>
public sealed record MatchReason(MatchAspect Aspect, MatchGrade Grade);

/// <summary>A development that matches a lead.</summary>
public sealed record PropertyMatch(
    long Number,
    string Name,
    string Country,
    string? City,
    string? District,
    string? Kind,
    decimal PriceFrom,
    decimal? PriceTo,
    IReadOnlyList<MatchReason> Reasons
);

/// <summary>A lead that matches a development.</summary>
public sealed record LeadMatch(
    Guid LeadId,
    long Number,
    string ClientName,
    string? AgentName,
    string StageLabel,
    LeadStatus Status,
    decimal? BudgetFrom,
    decimal? BudgetTo,
    string Currency,
    IReadOnlyList<MatchReason> Reasons
);

/// <summary>The best developments for a lead.</summary>
/// <param name="Rows">The best first.</param>
/// <param name="HasMore">True when there are more than were asked for.</param>
/// <param name="HasFacts">False when the lead has nothing to choose by: neither a country nor a budget in USD.</param>
public sealed record PropertyMatchList(IReadOnlyList<PropertyMatch> Rows, bool HasMore, bool HasFacts);

/// <summary>The leads for which a development fits best.</summary>
/// <param name="Rows">The best first.</param>
/// <param name="HasMore">True when there are more than were asked for.</param>
public sealed record LeadMatchList(IReadOnlyList<LeadMatch> Rows, bool HasMore);
