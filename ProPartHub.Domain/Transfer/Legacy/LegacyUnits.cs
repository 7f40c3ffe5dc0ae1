using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Brings the units of the catalogue's projects.</summary>
internal sealed class LegacyUnits(LegacyRun run)
{
    /// <summary>Brings them.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        run.TableAsync(LegacyTable.Units, LegacyKind.Unit, BatchAsync, cancellationToken);

    private async Task BatchAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var known = batch.Rows.Select(row => batch.Known(row)?.NewId).OfType<Guid>().ToList();
        var here = await batch
            .Db.Units.Where(unit => known.Contains(unit.Id))
            .ToDictionaryAsync(unit => unit.Id, cancellationToken);
        var places = await PlacesAsync(batch, cancellationToken);
        foreach (var row in batch.Rows)
        {
            if (TypeOf(row) is not { } type)
            {
                batch.Note(row, LegacyRule.UnitTypeUnknown, $"type '{row.Line("unit_type")}' is unknown; not brought");
            }
            else if (batch.Known(row) is { } id)
            {
                Compare(batch, row, id, here.GetValueOrDefault(id.NewId));
            }
            else if (
                run.Book.Find(LegacyKind.Property, row.Link("property_id")) is not { } owner
                // In a dry run a project of this run is stored nowhere yet.
                || (run.Report.IsApplied && !places.ContainsKey(owner))
            )
            {
                batch.Note(row, LegacyRule.UnitWithoutProperty, $"project {row.Raw("property_id")} is not here");
            }
            else
            {
                var place = places.GetValueOrDefault(owner);
                places[owner] = place + 1;
                Add(batch, row, owner, type, place);
            }
        }
    }

    private static void Add(LegacyBatch batch, LegacyRow row, Guid owner, UnitType type, int place)
    {
        var (from, to, price) = NumbersOf(batch, row);
        var unit = new Unit
        {
            Id = Guid.CreateVersion7(batch.Run.Now),
            DevelopmentId = owner,
            Type = type,
            SizeFrom = from,
            SizeTo = to,
            Price = price,
            IsAvailable = true,
            Place = place,
        };
        batch.Db.Units.Add(unit);
        batch.Bring(row, unit.Id, Fields(from, to, price));
    }

    private static void Compare(LegacyBatch batch, LegacyRow row, LegacyId id, Unit? unit)
    {
        if (unit is null)
        {
            batch.Note(row, LegacyRule.GoneHere, "deleted here; stays so");
            batch.Compare(row, id, isChanged: false);
            return;
        }

        var (from, to, price) = NumbersOf(batch, row);
        var merge = new LegacyMerge(batch, row, id);
        if (merge.Takes(nameof(Unit.SizeFrom), Text(from), Text(unit.SizeFrom)))
        {
            unit.SizeFrom = from;
        }

        if (merge.Takes(nameof(Unit.SizeTo), Text(to), Text(unit.SizeTo)))
        {
            unit.SizeTo = to;
        }

        if (merge.Takes(nameof(Unit.Price), Text(price), Text(unit.Price)))
        {
            unit.Price = price;
        }

        merge.Finish();
    }

    // The next free place of each project that is stored.
    private async Task<Dictionary<Guid, int>> PlacesAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var owners = batch
            .Rows.Select(row => run.Book.Find(LegacyKind.Property, row.Link("property_id")))
            .OfType<Guid>()
            .Distinct()
            .ToList();
        return await batch
            .Db.Developments.Where(row => owners.Contains(row.Id))
            .Select(row => new { row.Id, Next = row.Units.Max(unit => (int?)unit.Place + 1) ?? 0 })
            .ToDictionaryAsync(row => row.Id, row => row.Next, cancellationToken);
    }

    private static (decimal From, decimal? To, decimal Price) NumbersOf(LegacyBatch batch, LegacyRow row)
    {
        var (from, to, price) = (row.Amount("size_from"), row.Amount("size_to"), row.Amount("price_per_unit"));
        to = to is 0 ? null : to;
        if (from is null or <= 0 || to < 0 || price is null or <= 0 or > CatalogueLimits.Price)
        {
            batch.Note(
                row,
                LegacyRule.PriceUnlikely,
                $"size {row.Raw("size_from")}–{row.Raw("size_to")}, price {row.Raw("price_per_unit")}"
            );
        }

        if (to < from)
        {
            batch.Note(row, LegacyRule.RangeReversed, "the smaller size comes first");
            (from, to) = (to, from);
        }

        return (
            Math.Round(Math.Clamp(from ?? 0, 0, CatalogueLimits.Size), 2),
            to is { } most ? Math.Round(Math.Clamp(most, 0, CatalogueLimits.Size), 2) : null,
            Math.Round(Math.Clamp(price ?? 0, 0, CatalogueLimits.Price), 2)
        );
    }

    private static UnitType? TypeOf(LegacyRow row) =>
        row.Line("unit_type")?.ToLowerInvariant() switch
        {
            "studio" => UnitType.Studio,
            "1" => UnitType.OneRoom,
            "2" => UnitType.TwoRooms,
            "3" => UnitType.ThreeRooms,
            "4" => UnitType.FourRooms,
            "5" => UnitType.FiveRooms,
            "6" => UnitType.SixRooms,
            _ => null,
        };

    private static (string Name, string? Value)[] Fields(decimal from, decimal? to, decimal price) =>
        [(nameof(Unit.SizeFrom), Text(from)), (nameof(Unit.SizeTo), Text(to)), (nameof(Unit.Price), Text(price))];

    private static string? Text(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture);
}
