using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Brings the catalogue's projects.</summary>
internal sealed class LegacyProperties(LegacyRun run)
{
    /// <summary>Brings them.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        run.TableAsync(LegacyTable.Properties, LegacyKind.Property, BatchAsync, cancellationToken);

    private async Task BatchAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var known = batch.Rows.Select(row => batch.Known(row)?.NewId).OfType<Guid>().ToList();
        var here = await batch
            .Db.Developments.Where(row => known.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var row in batch.Rows)
        {
            var (from, to) = PricesOf(batch, row);
            var values = new Values(
                Short(batch, row, "name", CatalogueLimits.Name) ?? $"Project {row.Id}",
                CountryOf(batch, row),
                Short(batch, row, "location_city", CatalogueLimits.Place),
                Short(batch, row, "location_district", CatalogueLimits.Place),
                Long(batch, row, "description", CatalogueLimits.Description),
                Long(batch, row, "payment_type", CatalogueLimits.PaymentTerms),
                from,
                to
            );
            if (batch.Known(row) is { } id)
            {
                Compare(batch, row, id, here.GetValueOrDefault(id.NewId), values);
            }
            else
            {
                Add(batch, row, values);
            }
        }
    }

    private void Add(LegacyBatch batch, LegacyRow row, Values values)
    {
        var now = batch.Run.Now;
        var createdAt = row.Utc("created_at") is { } created && created <= now ? created : now;
        var updatedAt =
            row.Utc("updated_at") is { } updated && updated > createdAt && updated <= now ? updated : createdAt;
        var author = row.Link("created_by");
        if (row.Utc("created_at") is null || row.Utc("created_at") > now)
        {
            batch.Note(row, LegacyRule.TimeRepaired, "no time of adding; that of this run");
        }

        if (author is null || !run.People.ContainsKey(author.Value))
        {
            batch.Note(row, LegacyRule.AuthorUnknown, "names nobody as its author");
        }

        var development = new Development
        {
            Id = Guid.CreateVersion7(createdAt),
            Name = values.Name,
            Country = values.Country,
            AuthorId = author is { } id && run.People.TryGetValue(id, out var person) ? person.Id : null,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
        };
        values.Write(development);
        batch.Db.Developments.Add(development);
        batch.Bring(row, development.Id, values.Fields());
    }

    private static void Compare(LegacyBatch batch, LegacyRow row, LegacyId id, Development? here, Values values)
    {
        if (here is null)
        {
            batch.Note(row, LegacyRule.GoneHere, "deleted here; stays so");
            batch.Compare(row, id, isChanged: false);
            return;
        }

        var merge = new LegacyMerge(batch, row, id);
        var present = Values.Of(here).Fields().ToDictionary(field => field.Name, field => field.Value);
        var taken = values
            .Fields()
            .Where(field => merge.Takes(field.Name, field.Value, present[field.Name]))
            .Select(field => field.Name)
            .ToHashSet();
        if (taken.Count > 0)
        {
            values.Over(Values.Of(here), taken).Write(here);
            here.UpdatedAt = batch.Run.Now;
        }

        merge.Finish();
    }

    private static string CountryOf(LegacyBatch batch, LegacyRow row)
    {
        var written = Short(batch, row, "location_country", LeadLimits.Option) ?? "Інше";
        var known = LeadOptions.Countries.FirstOrDefault(country =>
            string.Equals(country, written, StringComparison.OrdinalIgnoreCase)
        );
        if (known is null)
        {
            batch.Note(row, LegacyRule.CountryUnknown, $"'{written}' is no country of leads; kept, no lead matches it");
        }

        return known ?? written;
    }

    private static (decimal From, decimal? To) PricesOf(LegacyBatch batch, LegacyRow row)
    {
        var (from, to) = (row.Amount("price_from"), row.Amount("price_to"));
        if (to is 0)
        {
            to = null;
        }

        if (from is null or <= 0 or > CatalogueLimits.Price || to is < 0 or > CatalogueLimits.Price)
        {
            batch.Note(row, LegacyRule.PriceUnlikely, $"price {row.Raw("price_from")}–{row.Raw("price_to")}");
            (from, to) = (
                Math.Clamp(from ?? 0, 0, CatalogueLimits.Price),
                to is < 0 or > CatalogueLimits.Price ? null : to
            );
        }

        if (to < from)
        {
            batch.Note(row, LegacyRule.RangeReversed, "the lower price comes first");
            (from, to) = (to, from);
        }

        return (Math.Round(from!.Value, 2), to is { } most ? Math.Round(most, 2) : null);
    }

    private static string? Short(LegacyBatch batch, LegacyRow row, string column, int most) =>
        Cut(batch, row, column, row.Line(column), most);

    private static string? Long(LegacyBatch batch, LegacyRow row, string column, int most) =>
        Cut(batch, row, column, row.Text(column), most);

    private static string? Cut(LegacyBatch batch, LegacyRow row, string column, string? text, int most)
    {
        if (text is null || text.Length <= most)
        {
            return text;
        }

        batch.Note(row, LegacyRule.TextShortened, $"{column}: {text.Length} characters cut to {most}");
        return LegacyText.Cut(text, most);
    }

    private sealed record Values(
        string Name,
        string Country,
        string? City,
        string? District,
        string? Description,
        string? PaymentTerms,
        decimal PriceFrom,
        decimal? PriceTo
    )
    {
        public static Values Of(Development row) =>
            new(
                row.Name,
                row.Country,
                row.City,
                row.District,
                row.Description,
                row.PaymentTerms,
                row.PriceFrom,
                row.PriceTo
            );

        public IEnumerable<(string Name, string? Value)> Fields() =>
            [
                (nameof(Name), Name),
                (nameof(Country), Country),
                (nameof(City), City),
                (nameof(District), District),
                (nameof(Description), Description),
                (nameof(PaymentTerms), PaymentTerms),
                (nameof(PriceFrom), PriceFrom.ToString("0.##", CultureInfo.InvariantCulture)),
                (nameof(PriceTo), PriceTo?.ToString("0.##", CultureInfo.InvariantCulture)),
            ];

        public Values Over(Values here, HashSet<string> taken) =>
            new(
                taken.Contains(nameof(Name)) ? Name : here.Name,
                taken.Contains(nameof(Country)) ? Country : here.Country,
                taken.Contains(nameof(City)) ? City : here.City,
                taken.Contains(nameof(District)) ? District : here.District,
                taken.Contains(nameof(Description)) ? Description : here.Description,
                taken.Contains(nameof(PaymentTerms)) ? PaymentTerms : here.PaymentTerms,
                taken.Contains(nameof(PriceFrom)) ? PriceFrom : here.PriceFrom,
                taken.Contains(nameof(PriceTo)) ? PriceTo : here.PriceTo
            );

        public void Write(Development row)
        {
            (row.Name, row.Country, row.City, row.District) = (Name, Country, City, District);
            (row.Description, row.PaymentTerms) = (Description, PaymentTerms);
            (row.PriceFrom, row.PriceTo) = (PriceFrom, PriceTo);
            row.SearchText = SearchText.Normalise($"{Name} {City} {District}");
        }
    }
}
