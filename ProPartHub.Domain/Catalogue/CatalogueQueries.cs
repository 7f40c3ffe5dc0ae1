using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue;

/// <summary>Reads the catalogue, which everybody who is signed in sees whole; each method is a fixed number of SQL commands.</summary>
public sealed class CatalogueQueries(HubDatabase database)
{
    private static readonly Expression<Func<Development, CatalogueRow>> ToRow = row => new CatalogueRow(
        row.Id,
        row.Number,
        row.Name,
        row.Country,
        row.City,
        row.District,
        row.Kind,
        row.PriceFrom,
        row.PriceTo,
        row.Units.Count(unit => unit.IsAvailable),
        row.Units.Where(unit => unit.IsAvailable).Min(unit => (UnitType?)unit.Type),
        row.Units.Where(unit => unit.IsAvailable).Max(unit => (UnitType?)unit.Type),
        row.Units.Where(unit => unit.IsAvailable).Min(unit => (decimal?)unit.SizeFrom),
        row.CreatedAt,
        row.Photos.Where(photo => photo.RemovedAt == null)
            .OrderBy(photo => photo.Place)
            .ThenBy(photo => photo.Id)
            .Select(photo => (Guid?)photo.Id)
            .FirstOrDefault()
    );

    /// <summary>Most places that are offered to choose from.</summary>
    public const int MostPlaces = 500;

    /// <summary>A page of the catalogue; one command.</summary>
    public async Task<CataloguePage> PageAsync(Actor actor, CatalogueQuery query, CancellationToken cancellationToken)
    {
        var cursor = CatalogueCursor.Parse(query.Cursor);
        await using var db = await database.ReadAsync(cancellationToken);
        // One row more than asked tells whether there is a further page.
        var rows = await CatalogueOrder
            .Of(Filter(db, actor, query), query, cursor)
            .Take(CatalogueQuery.PageSize + 1)
            .Select(ToRow)
            .ToListAsync(cancellationToken);
        var more = rows.Count > CatalogueQuery.PageSize;
        rows = [.. rows.Take(CatalogueQuery.PageSize)];
        if (query.Backward)
        {
            rows.Reverse();
        }

        var hasPrevious = query.Backward ? more : cursor is not null;
        var hasNext = query.Backward ? cursor is not null : more;
        return new CataloguePage(
            rows,
            hasPrevious && rows.Count > 0 ? CatalogueOrder.PlaceOf(rows[0], query.Sort) : null,
            hasNext && rows.Count > 0 ? CatalogueOrder.PlaceOf(rows[^1], query.Sort) : null
        );
    }

    /// <summary>How many the query finds, counted up to <see cref="LeadCount.Cap"/>; one command.</summary>
    public async Task<LeadCount> CountAsync(Actor actor, CatalogueQuery query, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var count = await Filter(db, actor, query).Take(LeadCount.Cap + 1).CountAsync(cancellationToken);
        return new LeadCount(Math.Min(count, LeadCount.Cap), count > LeadCount.Cap);
    }

    /// <summary>The places of what is offered, by city and district; one command.</summary>
    /// <param name="country">Only of this country; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<CataloguePlace>> PlacesAsync(string? country, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var found = db.Developments.Where(row => row.ArchivedAt == null && row.City != null);
        if (country is not null)
        {
            found = found.Where(row => row.Country == country);
        }

        return await found
            .Select(row => new { row.City, row.District })
            .Distinct()
            .OrderBy(place => EF.Functions.Collate(place.City!, "uk-x-icu"))
            .ThenBy(place => EF.Functions.Collate(place.District!, "uk-x-icu"))
            .Take(MostPlaces)
            .Select(place => new CataloguePlace(place.City!, place.District))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Everything of one development, archived or not: links to it stay alive. One command.</summary>
    /// <exception cref="NotFoundException">There is no such number.</exception>
    public async Task<DevelopmentDetails> DetailsAsync(long number, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var row =
            await db
                .Developments.Include(development => development.Units)
                .Include(development => development.Author)
                .SingleOrDefaultAsync(development => development.Number == number, cancellationToken)
            ?? throw new NotFoundException("Development");
        return new DevelopmentDetails(
            row.Id,
            row.Number,
            DevelopmentInput.Of(row),
            row.Author?.DisplayName,
            row.CreatedAt,
            row.UpdatedAt,
            row.ArchivedAt
        );
    }

    /// <summary>Most that are set side by side.</summary>
    public const int MostCompared = 4;

    /// <summary>Some developments side by side, in the order of the numbers; those that there are not are left out. One command.</summary>
    /// <param name="numbers">Their numbers; only the first <see cref="MostCompared"/> count.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ComparedDevelopment>> CompareAsync(
        IReadOnlyCollection<long> numbers,
        CancellationToken cancellationToken
    )
    {
        var asked = numbers.Distinct().Take(MostCompared).ToList();
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await db
            .Developments.Where(row => asked.Contains(row.Number))
            .Select(row => new
            {
                Development = row,
                Cover = row
                    .Photos.Where(photo => photo.RemovedAt == null)
                    .OrderBy(photo => photo.Place)
                    .ThenBy(photo => photo.Id)
                    .Select(photo => (Guid?)photo.Id)
                    .FirstOrDefault(),
                row.Units,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => asked.IndexOf(row.Development.Number))
                .Select(row => new ComparedDevelopment(
                    row.Development.Number,
                    DevelopmentInput.Of(row.Development) with
                    {
                        Units = [.. row.Units.OrderBy(unit => unit.Place).Select(UnitInput.Of)],
                    },
                    row.Development.ArchivedAt is not null,
                    row.Cover
                )),
        ];
    }

    /// <summary>What the query leaves of the catalogue.</summary>
    internal static IQueryable<Development> Filter(HubDbContext db, Actor actor, CatalogueQuery query)
    {
        var found =
            query.Archived && DevelopmentService.MayWrite(actor)
                ? db.Developments.Where(row => row.ArchivedAt != null)
                : db.Developments.Where(row => row.ArchivedAt == null);
        if (query.Country is { } country)
        {
            found = found.Where(row => row.Country == country);
        }

        if (query.City is { } city)
        {
            found = found.Where(row => row.City == city);
        }

        if (query.District is { } district)
        {
            found = found.Where(row => row.District == district);
        }

        if (query.Kind is { } kind)
        {
            found = found.Where(row => row.Kind == kind);
        }

        if (query.PriceFrom is { } from)
        {
            found = found.Where(row => row.PriceTo == null || row.PriceTo >= from);
        }

        if (query.PriceTo is { } to)
        {
            found = found.Where(row => row.PriceFrom <= to);
        }

        return Search(WithUnits(db, found, query), query.Search);
    }

    // One unit must be of the type and of the size.
    private static IQueryable<Development> WithUnits(
        HubDbContext db,
        IQueryable<Development> found,
        CatalogueQuery query
    )
    {
        if (query is { UnitType: null, SizeFrom: null, SizeTo: null })
        {
            return found;
        }

        var units = db.Units.Where(unit => unit.IsAvailable);
        if (query.UnitType is { } type)
        {
            units = units.Where(unit => unit.Type == type);
        }

        if (query.SizeFrom is { } size)
        {
            units = units.Where(unit => EF.Property<decimal>(unit, CatalogueConfiguration.Largest) >= size);
        }

        if (query.SizeTo is { } most)
        {
            units = units.Where(unit => unit.SizeFrom <= most);
        }

        return found.Where(row => units.Any(unit => unit.DevelopmentId == row.Id));
    }

    private static IQueryable<Development> Search(IQueryable<Development> found, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return found;
        }

        if (DevelopmentNumber.TryRead(search, out var number))
        {
            return found.Where(row => row.Number == number);
        }

        // Words are looked for apart, whatever their order: "Marina Oasis" finds «Oasis, Dubai Marina».
        foreach (var word in SearchText.Normalise(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6))
        {
            var pattern = LikePattern.Containing(word);
            found = found.Where(row => EF.Functions.Like(row.SearchText, pattern, LikePattern.Escape));
        }

        return found;
    }
}
