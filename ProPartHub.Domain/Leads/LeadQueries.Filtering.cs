using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads.Sorting;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <content>What a query leaves of the visible leads: the same for rows, counts and boards.</content>
public sealed partial class LeadQueries
{
    /// <summary>Of the leads that the actor may see, leaves what the query asks for.</summary>
    internal static IQueryable<Lead> Filter(HubDbContext db, Actor actor, LeadListQuery query)
    {
        var leads = db.Leads.VisibleTo(actor);
        leads = query.Archived
            ? leads.Where(lead => lead.ArchivedAt != null)
            : leads.Where(lead => lead.ArchivedAt == null);
        if (query.Statuses.Count > 0)
        {
            leads = leads.Where(lead => query.Statuses.Contains(lead.Status));
        }

        leads = Among(db, leads, query);

        if (query.TeamId is { } team)
        {
            leads = leads.Where(lead => lead.TeamId == team);
        }

        if (query.OnlyPool)
        {
            leads = leads.Where(lead => lead.AgentId == null);
        }

        if (query.BudgetBand is { } band)
        {
            leads = InBand(leads, band);
        }

        if (query.CreatedFrom is { } from)
        {
            leads = leads.Where(lead => lead.CreatedAt >= from);
        }

        if (query.CreatedBefore is { } before)
        {
            leads = leads.Where(lead => lead.CreatedAt < before);
        }

        if (query.OnlyAttention)
        {
            leads = leads.Where(lead => lead.Attention != Attention.None);
        }

        if (query.OnlyTransferred)
        {
            leads = leads.Where(lead => lead.TransferredAt != null);
        }

        if (query.QuietSince is { } since)
        {
            leads = leads.Where(lead => lead.Status < LeadStatus.Won && lead.UpdatedAt < since);
            leads = FollowUpStretch.Without(db, leads);
        }

        leads = WithBlank(InMoney(leads, query.Money), query.Blank);
        leads = Search(InSync(db, leads, query.Sync), query.Search);

        // Last, since it may ask for what the others leave.
        return query.Cell is { } cell ? cell.Of(db, leads) : leads;
    }

    // One value is compared as such: with a list of values the database no longer sees that an index has them in order.
    private static IQueryable<Lead> Among(HubDbContext db, IQueryable<Lead> leads, LeadListQuery query)
    {
        var (stages, agents, tags) = (query.StageIds, query.AgentIds, query.TagIds);
        var (countries, sources) = (query.Countries, query.Sources);
        leads = stages switch
        {
            [] => leads,
            [var stage] => leads.Where(lead => lead.StageId == stage),
            _ => leads.Where(lead => stages.Contains(lead.StageId)),
        };
        leads = agents switch
        {
            [] => leads,
            [var agent] => leads.Where(lead => lead.AgentId == agent),
            _ => leads.Where(lead => lead.AgentId != null && agents.Contains(lead.AgentId.Value)),
        };
        leads = countries switch
        {
            [] => leads,
            [var country] => leads.Where(lead => lead.Country == country),
            _ => leads.Where(lead => lead.Country != null && countries.Contains(lead.Country)),
        };
        leads = sources switch
        {
            [] => leads,
            [var source] => leads.Where(lead => lead.Source == source),
            _ => leads.Where(lead => lead.Source != null && sources.Contains(lead.Source)),
        };
        return tags.Count == 0
            ? leads
            : leads.Where(lead =>
                db.LeadTags.Any(row => row.LeadId == lead.Id && tags.Contains(row.TagId) && row.Tag.RetiredAt == null)
            );
    }

    /// <summary>Of the leads given, those with a budget in dollars, or in another currency.</summary>
    internal static IQueryable<Lead> InMoney(IQueryable<Lead> leads, LeadMoney? money) =>
        money switch
        {
            LeadMoney.Dollars => leads.Where(lead =>
                lead.Currency == LeadOptions.BandCurrency && (lead.BudgetFrom != null || lead.BudgetTo != null)
            ),
            LeadMoney.Other => leads.Where(lead =>
                lead.Currency != LeadOptions.BandCurrency && (lead.BudgetFrom != null || lead.BudgetTo != null)
            ),
            _ => leads,
        };

    private static IQueryable<Lead> WithBlank(IQueryable<Lead> leads, LeadBlank? blank) =>
        blank switch
        {
            LeadBlank.Team => leads.Where(lead => lead.TeamId == null),
            LeadBlank.Source => leads.Where(lead => string.IsNullOrEmpty(lead.Source)),
            LeadBlank.Country => leads.Where(lead => string.IsNullOrEmpty(lead.Country)),
            _ => leads,
        };

    // Set aside outweighs waiting: of a lead with both, what is set aside needs somebody.
    internal static IQueryable<Lead> InSync(HubDbContext db, IQueryable<Lead> leads, LeadSyncFilter? sync) =>
        sync switch
        {
            LeadSyncFilter.Parked => leads.Where(lead =>
                db.Outbox.Any(entry => entry.LeadId == lead.Id && entry.ParkedAt != null)
            ),
            LeadSyncFilter.Waiting => leads.Where(lead =>
                db.Outbox.Any(entry => entry.LeadId == lead.Id)
                && !db.Outbox.Any(entry => entry.LeadId == lead.Id && entry.ParkedAt != null)
            ),
            LeadSyncFilter.InStep => leads.Where(lead => !db.Outbox.Any(entry => entry.LeadId == lead.Id)),
            _ => leads,
        };

    // A range reaches into a band when they share more than an edge ("up to 200,000" is not in the band from 200,000);
    // a single amount on an edge belongs to the band that begins there.
    private static IQueryable<Lead> InBand(IQueryable<Lead> leads, int band)
    {
        var (from, to) = LeadOptions.BudgetBands[band];
        leads = InMoney(leads, LeadMoney.Dollars);
        if (to is not null)
        {
            leads = leads.Where(lead => lead.BudgetFrom == null || lead.BudgetFrom < to);
        }

        return from is null
            ? leads
            : leads.Where(lead => lead.BudgetTo == null || lead.BudgetTo > from || lead.BudgetFrom >= from);
    }

    private static IQueryable<Lead> Search(IQueryable<Lead> leads, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return leads;
        }

        if (TryNumber(search, out var number))
        {
            return leads.Where(lead => lead.Number == number);
        }

        // Words are looked for apart: "Petrenko Olena" finds «Олена Петренко».
        var words = SearchText.ForQuery(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Take(6))
        {
            var pattern = LikePattern.Containing(word);
            leads = leads.Where(lead => EF.Functions.Like(lead.SearchText, pattern, LikePattern.Escape));
        }

        return leads;
    }

    private static bool TryNumber(string search, out long number)
    {
        number = 0;
        var text = search.Trim();
        return text.Length is > 2 and < 22
            && text[..2].Equals("L-", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
