using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue.Matching;

/// <summary>
/// Brings leads and developments together, in both directions by one rule (docs/catalogue.md). Each method is two SQL
/// commands and weighs a bounded number of rows, however large the agency is.
/// </summary>
public sealed class PropertyMatches(HubDatabase database)
{
    /// <summary>Matches of a page.</summary>
    public const int PageSize = 10;

    /// <summary>Most matches given.</summary>
    public const int Most = 100;

    /// <summary>How many are weighed at most: the newest of the country, and of those without one.</summary>
    public const int MostWeighed = 2000;

    /// <summary>The developments that fit a lead best.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="count">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<PropertyMatchList> ForLeadAsync(
        Actor actor,
        Guid leadId,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var lead = await db.VisibleLeadAsync(actor, leadId, cancellationToken);
        if (!MatchRule.HasFacts(lead))
        {
            return new PropertyMatchList([], HasMore: false, HasFacts: false);
        }

        var size = Math.Clamp(count, 1, Most);
        var found = await Offers(db, lead).For(lead).Take(size + 1).ToListAsync(cancellationToken);
        return new PropertyMatchList(
            [
                .. found
                    .Take(size)
                    .Select(offer => new PropertyMatch(
                        offer.Number,
                        offer.Name,
                        offer.Country,
                        offer.City,
                        offer.District,
                        offer.Kind,
                        offer.PriceFrom,
                        offer.PriceTo,
                        MatchRule.Reasons(lead, offer)
                    )),
            ],
            found.Count > size,
            HasFacts: true
        );
    }

    /// <summary>The open leads, of those that the actor may see, for which a development fits best; none once it is archived.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="number">Number of the development.</param>
    /// <param name="count">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such development.</exception>
    public async Task<LeadMatchList> ForDevelopmentAsync(
        Actor actor,
        long number,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var offer =
            await db.Developments.SingleOrDefaultAsync(row => row.Number == number, cancellationToken)
            ?? throw new NotFoundException("Development");
        if (offer.ArchivedAt is not null)
        {
            return new LeadMatchList([], HasMore: false);
        }

        var size = Math.Clamp(count, 1, Most);
        var found = await Seekers(db, actor, offer)
            .For(offer)
            .Take(size + 1)
            .Select(lead => new
            {
                Lead = lead,
                lead.Agent!.DisplayName,
                lead.Stage.Label,
            })
            .ToListAsync(cancellationToken);
        return new LeadMatchList(
            [
                .. found
                    .Take(size)
                    .Select(row => new LeadMatch(
                        row.Lead.Id,
                        row.Lead.Number,
                        row.Lead.ClientName,
                        row.DisplayName,
                        row.Label,
                        row.Lead.Status,
                        row.Lead.BudgetFrom,
                        row.Lead.BudgetTo,
                        row.Lead.Currency,
                        MatchRule.Reasons(row.Lead, offer)
                    )),
            ],
            found.Count > size
        );
    }

    /// <summary>What is weighed for a lead: the country's developments, or everybody's where the lead names none.</summary>
    internal static IQueryable<Development> Offers(HubDbContext db, Lead lead)
    {
        var offers = db.Developments.Where(offer => offer.ArchivedAt == null);
        if (lead.Country is { Length: > 0 } country)
        {
            offers = offers.Where(offer => offer.Country == country);
        }

        return offers.OrderByDescending(offer => offer.Number).Take(MostWeighed);
    }

    /// <summary>What is weighed for a development: open leads of its country, and those without one that name a budget.</summary>
    internal static IQueryable<Lead> Seekers(HubDbContext db, Actor actor, Development offer)
    {
        var country = offer.Country;
        var open = db
            .Leads.VisibleTo(actor)
            .Where(lead => lead.ArchivedAt == null && lead.ErasedAt == null && lead.Status < LeadStatus.Won);
        var there = open.Where(lead => lead.Country == country);
        var anywhere = open.Where(lead =>
            (lead.Country == null || lead.Country == "")
            && lead.Currency == LeadOptions.BandCurrency
            && (lead.BudgetFrom != null || lead.BudgetTo != null)
        );
        // Each apart, so that each uses the index that serves it.
        return Newest(there).Concat(Newest(anywhere));
    }

    private static IQueryable<Lead> Newest(IQueryable<Lead> leads) =>
        leads.OrderByDescending(lead => lead.Number).Take(MostWeighed);
}
