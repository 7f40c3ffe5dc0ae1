using System.Linq.Expressions;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Sorting;

namespace ProPartHub.Domain.Catalogue.Matching;

/// <summary>
/// When a development fits a lead, and how well. Each comparison is written once: the database ranks by it, and the reasons
/// that people read are the same expression, compiled.
/// </summary>
internal static class MatchRule
{
    /// <summary>By how much a price may miss the budget and still be near.</summary>
    public const decimal Tolerance = 0.1m;

    private const decimal Above = 1 + Tolerance;
    private const decimal Below = 1 - Tolerance;
    private const string Dollars = LeadOptions.BandCurrency;

    private static readonly Expression<Func<Lead, Development, bool>> Country = (lead, offer) =>
        lead.Country == offer.Country;

    private static readonly Expression<Func<Lead, Development, bool>> Kind = (lead, offer) =>
        offer.Kind != null && lead.PropertyType == offer.Kind;

    private static readonly Expression<Func<Lead, Development, bool>> Goal = (lead, offer) =>
        lead.PurchaseGoal != null && offer.Goals.Contains(lead.PurchaseGoal);

    // A budget without an end, or a price without one, reaches as far as the other.
    private static readonly Expression<Func<Lead, Development, bool>> Price = (lead, offer) =>
        lead.Currency == Dollars
        && (lead.BudgetFrom != null || lead.BudgetTo != null)
        && (lead.BudgetTo == null || offer.PriceFrom <= lead.BudgetTo)
        && (lead.BudgetFrom == null || offer.PriceTo == null || offer.PriceTo >= lead.BudgetFrom);

    private static readonly Expression<Func<Lead, Development, bool>> NotFar = (lead, offer) =>
        lead.Currency != Dollars
        || (
            (lead.BudgetTo == null || offer.PriceFrom <= lead.BudgetTo * Above)
            && (lead.BudgetFrom == null || offer.PriceTo == null || offer.PriceTo >= lead.BudgetFrom * Below)
        );

    // From the lowest price to the middle of the budget, or to the one end that is known.
    private static readonly Expression<Func<Lead, Development, decimal>> Distance = (lead, offer) =>
        lead.Currency != Dollars
            ? 0
            : Math.Abs(
                offer.PriceFrom
                    - (
                        (lead.BudgetFrom ?? lead.BudgetTo ?? offer.PriceFrom)
                        + (lead.BudgetTo ?? lead.BudgetFrom ?? offer.PriceFrom)
                    ) / 2
            );

    private static readonly Expression<Func<Lead, Development, int>> Score = Sum([Country, Price, Kind, Goal]);

    private static readonly Func<Lead, Development, bool> FitsPrice = Price.Compile();
    private static readonly Func<Lead, Development, bool> FitsKind = Kind.Compile();
    private static readonly Func<Lead, Development, bool> FitsGoal = Goal.Compile();

    /// <summary>Of the developments of a country, those whose price is not far from the lead's budget, the best first.</summary>
    public static IOrderedQueryable<Development> For(this IQueryable<Development> offers, Lead lead) =>
        offers
            .Where(Of<bool>(NotFar, lead))
            .OrderByDescending(Of(Score, lead))
            .ThenBy(Of(Distance, lead))
            .ThenByDescending(offer => offer.Number);

    /// <summary>Of the leads of a country, those from whose budget the price is not far, the best first.</summary>
    public static IOrderedQueryable<Lead> For(this IQueryable<Lead> leads, Development offer) =>
        leads
            .Where(Of<bool>(NotFar, offer))
            .OrderByDescending(Of(Score, offer))
            .ThenBy(Of(Distance, offer))
            .ThenByDescending(lead => lead.Number);

    /// <summary>Whether the lead says anything by which developments can be chosen.</summary>
    public static bool HasFacts(Lead lead) =>
        !string.IsNullOrEmpty(lead.Country) || (lead.Currency == Dollars && HasBudget(lead));

    /// <summary>Why the two were brought together; what one of them does not say is left out.</summary>
    public static IReadOnlyList<MatchReason> Reasons(Lead lead, Development offer)
    {
        var reasons = new List<MatchReason>();
        if (!string.IsNullOrEmpty(lead.Country))
        {
            Add(MatchAspect.Country, MatchGrade.Exact);
        }

        if (HasBudget(lead))
        {
            Add(
                MatchAspect.Price,
                lead.Currency != Dollars ? MatchGrade.OtherCurrency
                    : FitsPrice(lead, offer) ? MatchGrade.Exact
                    : MatchGrade.Near
            );
        }

        if (!string.IsNullOrEmpty(lead.PropertyType) && offer.Kind is not null)
        {
            Add(MatchAspect.Kind, FitsKind(lead, offer) ? MatchGrade.Exact : MatchGrade.Different);
        }

        if (!string.IsNullOrEmpty(lead.PurchaseGoal) && offer.Goals.Count > 0)
        {
            Add(MatchAspect.Goal, FitsGoal(lead, offer) ? MatchGrade.Exact : MatchGrade.Different);
        }

        return reasons;

        void Add(MatchAspect aspect, MatchGrade grade) => reasons.Add(new(aspect, grade));
    }

    private static bool HasBudget(Lead lead) => lead.BudgetFrom is not null || lead.BudgetTo is not null;

    // The rule about one lead at hand, or about one development.
    private static Expression<Func<Development, T>> Of<T>(Expression<Func<Lead, Development, T>> rule, Lead lead) =>
        Expression.Lambda<Func<Development, T>>(
            new Replacement(rule.Parameters[0], Expression.Constant(lead)).Visit(rule.Body),
            rule.Parameters[1]
        );

    private static Expression<Func<Lead, T>> Of<T>(Expression<Func<Lead, Development, T>> rule, Development offer) =>
        Expression.Lambda<Func<Lead, T>>(
            new Replacement(rule.Parameters[1], Expression.Constant(offer)).Visit(rule.Body),
            rule.Parameters[0]
        );

    // How many of the comparisons fit exactly.
    private static Expression<Func<Lead, Development, int>> Sum(Expression<Func<Lead, Development, bool>>[] rules)
    {
        var (lead, offer) = (
            Expression.Parameter(typeof(Lead), "lead"),
            Expression.Parameter(typeof(Development), "offer")
        );
        return Expression.Lambda<Func<Lead, Development, int>>(
            rules
                .Select(rule =>
                    new Replacement(rule.Parameters[1], offer).Visit(
                        new Replacement(rule.Parameters[0], lead).Visit(rule.Body)
                    )
                )
                .Select(fits => (Expression)Expression.Condition(fits, Expression.Constant(1), Expression.Constant(0)))
                .Aggregate(Expression.Add),
            lead,
            offer
        );
    }
}
