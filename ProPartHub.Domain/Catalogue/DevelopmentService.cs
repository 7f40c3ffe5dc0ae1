using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue;

/// <summary>What managers and admins do to the catalogue. Every change is a security event that names each changed field.</summary>
public sealed class DevelopmentService(HubDatabase database, LeadOptionBook options, TimeProvider time)
{
    /// <summary>True for those who may add, change and archive.</summary>
    public static bool MayWrite(Actor actor) => actor.Role is Role.Manager or Role.Admin;

    /// <summary>Adds a development with its units.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="developmentId">Its key, made by the caller: the same form sent twice adds one.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    public Task<long> CreateAsync(
        Actor actor,
        Guid developmentId,
        DevelopmentInput typed,
        CancellationToken cancellationToken
    )
    {
        RequireMayWrite(actor);
        var values = DevelopmentRules.Checked(typed, null, options);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var there = await db
                    .Developments.Where(row => row.Id == developmentId)
                    .Select(row => (long?)row.Number)
                    .SingleOrDefaultAsync(token);
                if (there is { } number)
                {
                    return number;
                }

                var now = time.GetUtcNow();
                var development = new Development
                {
                    Id = developmentId,
                    Name = values.Name!,
                    Country = values.Country!,
                    AuthorId = actor.StoredId,
                    CreatedAt = now,
                };
                await RefuseForeignUnitsAsync(db, developmentId, values, token);
                db.Developments.Add(development);
                Write(db, development, values, now);
                // The database gives the number that the audit names.
                await db.SaveChangesAsync(token);
                db.SecurityEvents.Add(DevelopmentRecord.Of(actor, time, development, "property added", null, values));
                return development.Number;
            },
            cancellationToken
        );
    }

    /// <summary>Stores what was typed over what the form opened with; units that are no longer in it go.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="developmentId">Which.</param>
    /// <param name="opened">What the form opened with.</param>
    /// <param name="typed">What it says on save.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed it meanwhile; nothing is stored then.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    /// <exception cref="NotFoundException">There is no such development.</exception>
    public Task<bool> UpdateAsync(
        Actor actor,
        Guid developmentId,
        DevelopmentInput opened,
        DevelopmentInput typed,
        CancellationToken cancellationToken
    )
    {
        RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var development =
                    await db
                        .Developments.Include(row => row.Units)
                        .SingleOrDefaultAsync(row => row.Id == developmentId, token)
                    ?? throw new NotFoundException("Development");
                var before = DevelopmentInput.Of(development);
                var values = DevelopmentRules.Checked(typed, before, options);
                if (before.IsLike(values))
                {
                    return true;
                }

                if (!before.IsLike(opened))
                {
                    return false;
                }

                await RefuseForeignUnitsAsync(db, developmentId, values, token);
                var now = time.GetUtcNow();
                Write(db, development, values, now);
                db.PriceChanges.AddRange(PriceChanges.Between(developmentId, before, values, actor, now));
                // Also where units alone changed and the clock did not: two who change them meet at the row's version.
                db.Entry(development).Property(row => row.UpdatedAt).IsModified = true;
                db.SecurityEvents.Add(
                    DevelopmentRecord.Of(actor, time, development, "property changed", before, values)
                );
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Takes a development out of lists and matches; <see cref="RestoreAsync"/> brings it back.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such development.</exception>
    public Task ArchiveAsync(Actor actor, Guid developmentId, CancellationToken cancellationToken) =>
        SetArchivedAsync(actor, developmentId, isArchived: true, cancellationToken);

    /// <summary>Brings an archived development back.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such development.</exception>
    public Task RestoreAsync(Actor actor, Guid developmentId, CancellationToken cancellationToken) =>
        SetArchivedAsync(actor, developmentId, isArchived: false, cancellationToken);

    private Task SetArchivedAsync(Actor actor, Guid developmentId, bool isArchived, CancellationToken cancellationToken)
    {
        RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var development =
                    await db.Developments.SingleOrDefaultAsync(row => row.Id == developmentId, token)
                    ?? throw new NotFoundException("Development");
                if (development.ArchivedAt is not null == isArchived)
                {
                    return;
                }

                development.ArchivedAt = isArchived ? time.GetUtcNow() : null;
                db.SecurityEvents.Add(
                    DevelopmentRecord.Of(
                        actor,
                        time,
                        development,
                        isArchived ? "property archived" : "property brought back",
                        null,
                        null
                    )
                );
            },
            cancellationToken
        );
    }

    /// <summary>Refuses whoever may not write, or only looks.</summary>
    internal static void RequireMayWrite(Actor actor)
    {
        if (!MayWrite(actor))
        {
            throw ForbiddenException.For(actor, GuardedAct.SetCatalogue);
        }

        actor.Writing();
    }

    // A key that is another development's would take that one's unit away, or be refused by the database without a word.
    private static async Task RefuseForeignUnitsAsync(
        HubDbContext db,
        Guid developmentId,
        DevelopmentInput values,
        CancellationToken cancellationToken
    )
    {
        var ids = values.Units.Select(unit => unit.Id).ToList();
        if (
            ids.Count > 0
            && await db.Units.AnyAsync(
                unit => ids.Contains(unit.Id) && unit.DevelopmentId != developmentId,
                cancellationToken
            )
        )
        {
            throw new InvalidInputException(nameof(DevelopmentInput.Units), FieldErrorCode.UnknownOption);
        }
    }

    private static void Write(HubDbContext db, Development development, DevelopmentInput values, DateTimeOffset now)
    {
        (development.Name, development.Country) = (values.Name!, values.Country!);
        (development.City, development.District) = (values.City, values.District);
        (development.Kind, development.Goals) = (values.Kind, [.. values.Goals]);
        (development.Description, development.PaymentTerms) = (values.Description, values.PaymentTerms);
        development.PaymentPlan = values.PaymentPlan;
        (development.PriceFrom, development.PriceTo) = (values.PriceFrom!.Value, values.PriceTo);
        development.SearchText = SearchText.Normalise($"{values.Name} {values.City} {values.District}");
        development.UpdatedAt = now;
        var gone = development.Units.ExceptBy(values.Units.Select(unit => unit.Id), unit => unit.Id).ToList();
        gone.ForEach(unit => development.Units.Remove(unit));
        foreach (var (place, input) in values.Units.Index())
        {
            var unit = development.Units.SingleOrDefault(row => row.Id == input.Id);
            if (unit is null)
            {
                unit = new Unit { Id = input.Id, DevelopmentId = development.Id };
                // A key made here would pass for that of a row that is there.
                db.Units.Add(unit);
            }

            (unit.Type, unit.Place, unit.IsAvailable) = (input.Type, place, input.IsAvailable);
            (unit.SizeFrom, unit.SizeTo, unit.Price) = (input.SizeFrom!.Value, input.SizeTo, input.Price!.Value);
        }
    }
}
