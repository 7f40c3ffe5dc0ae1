using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Audit;
using ProPartHub.Tests.Import;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Merging;
using Xunit;

namespace ProPartHub.Tests.Privacy;

/// <summary>A client's data are erased whole; that something happened stays and still verifies.</summary>
public sealed class ClientErasureTests : IAsyncLifetime
{
    private const string Secret = "Таємниця";

    private HubBed _bed = null!;
    private LeadCreated _lead = null!;
    private LeadCreated _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ClientErasure Erasure => _bed.Get<ClientErasure>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        var input = HubBed.Input(1, Secret) with
        {
            Email = "tajemnycia@example.com",
            Notes = Secret,
            Telegram = "tajemnycia",
            Country = "Дубай",
            HasConsent = true,
            ConsentNote = $"усно, {Secret}",
        };
        _lead = await _bed.Get<LeadService>().CreateAsync(_bed.Olena, input, null, Token);
        _other = await _bed.LeadAsync(_bed.Taras, 2);
        await _bed.Get<CommentService>().AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead.Id, Secret, null, Token);
        await _bed.Get<FollowUpService>()
            .AddAsync(
                _bed.Olena,
                Guid.CreateVersion7(),
                _lead.Id,
                new(Secret, Secret, _bed.Time.GetUtcNow().AddDays(1)),
                Token
            );
        await _bed.ReadAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                $$"""
                INSERT INTO hubspot_contacts (id, number, name, email, created_at, updated_at, read_at, has_phone, search_text)
                SELECT n::text, n, CASE WHEN n = 73 THEN 'Сторонній' ELSE '{{Secret}}' END,
                    CASE WHEN n = 71 THEN 'tajemnycia@example.com' END, now(), now(), now(), n <> 71,
                    CASE WHEN n = 73 THEN 'storonnii' ELSE 'taiemnitsia tajemnycia' END FROM generate_series(71, 73) AS n;
                INSERT INTO hubspot_contact_phones (contact_id, property, text, e164)
                VALUES ('72', 'phone', '050 100 00 01', '+380501000001'), ('73', 'phone', '050 100 00 09', '+380501000009');
                INSERT INTO hubspot_contact_reads (contact_id, revision) VALUES ('72', 1);
                """
            )
        );
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                    Task.FromResult(
                        db.Activities.Add(
                            new Activity
                            {
                                LeadId = _lead.Id,
                                Kind = ActivityKind.Call,
                                HubSpotId = "1",
                                Subject = Secret,
                                Body = Secret,
                                OccurredAt = _bed.Time.GetUtcNow(),
                            }
                        )
                    ),
                Token
            );
        await new ImportBed(_bed).ImportAsync(_bed.Ada, $"Name,Phone,Notes\n{Secret},{input.Phone},{Secret}\n");
        await _bed.SealAsync(Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Erased_NothingOfTheClientIsLeft_AndTheChainVerifies()
    {
        await EraseAsync();

        Assert.Equal(0, await CountOfSecretAsync());
        var lead = await _bed.LoadAsync(_lead.Id);
        Assert.Equal(($"L-{_lead.Number}", null, null), (lead.ClientName, lead.Phone, lead.ConsentAt));
        Assert.NotNull(lead.ErasedAt);
        Assert.NotNull(lead.ArchivedAt);
        Assert.Equal("Дубай", lead.Country);
        Assert.Equal(0, await _bed.ReadAsync(db => db.Outbox.CountAsync(row => row.LeadId == _lead.Id)));
        Assert.Equal("Клієнт 2", (await _bed.LoadAsync(_other.Id)).ClientName);
        var history = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.LeadId == _lead.Id).OrderBy(row => row.Id).ToListAsync()
        );
        Assert.Equal((LeadEventKind.Created, _bed.Olena.Name), (history[0].Kind, history[0].ActorName));
        Assert.Equal(LeadEventKind.Erased, history[^1].Kind);
        var record = await _bed.ReadAsync(db =>
            db.SecurityEvents.SingleAsync(row => row.Kind == SecurityEventKind.ClientErased)
        );
        Assert.Equal((_lead.Id, "прохання клієнта"), (record.LeadId, record.Details["reason"]));
        await _bed.SealAsync(Token);
        var verdict = await _bed.Get<AuditVerification>().VerifyAsync(null, Token);
        Assert.Null(verdict.Fault);
        Assert.True(verdict.Erased > 0);
    }

    [Fact]
    public async Task MirroredContacts_OfTheSameMailOrPhone_GoAndAreRemembered_OthersStay()
    {
        await EraseAsync();

        Assert.Equal(["73"], await _bed.ReadAsync(db => db.MirroredContacts.Select(row => row.Id).ToListAsync(Token)));
        Assert.Equal(0, await _bed.ReadAsync(db => db.ContactReadings.CountAsync(Token)));
        Assert.Equal(
            ["71", "72"],
            await _bed.ReadAsync(db =>
                db.ErasedRecords.Where(row => row.ObjectType == "contacts")
                    .OrderBy(row => row.HubSpotId)
                    .Select(row => row.HubSpotId)
                    .ToListAsync(Token)
            )
        );
    }

    [Fact]
    public async Task LeadsOfTheSamePhoneOrMail_GoAlong_IfTheyWereShown()
    {
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, _lead.Id, Token);
        var again = await _bed.LeadAsync(_bed.Taras, 1, Secret);
        var shown = await Erasure.LeadsAsync(_bed.Ada, _lead.Id, Token);
        Assert.Equal([_lead.Number, again.Number], shown.Select(lead => lead.Number));

        await Erasure.EraseAsync(_bed.Ada, _lead.Id, $"{_lead.Number}", "прохання", [_lead.Id], Token);
        Assert.NotNull((await _bed.LoadAsync(_lead.Id)).ErasedAt);
        Assert.Null((await _bed.LoadAsync(again.Id)).ErasedAt);

        await Erasure.EraseAsync(_bed.Ada, again.Id, $"l-{again.Number}", "прохання", [again.Id], Token);
        Assert.Equal(0, await CountOfSecretAsync());
    }

    [Fact]
    public async Task LeadToldApart_IsAnotherClients_AndStays_WithWhatWasMergedIntoIt()
    {
        var spouse = await SameMailAsync(3);
        var spouseAgain = await SameMailAsync(4);
        var same = await SameMailAsync(5);
        await _bed.Get<ClientPairs>().TellApartAsync(_bed.Ada, _lead.Id, spouse, Token);
        await _bed.MergeAsync(_bed.Olena, spouseAgain, spouse);

        var shown = await Erasure.LeadsAsync(_bed.Ada, _lead.Id, Token);
        Assert.Equal([_lead.Id, same], shown.Select(lead => lead.Id));
        var ofSpouse = await Erasure.LeadsAsync(_bed.Ada, spouseAgain, Token);
        Assert.Equal([spouse, spouseAgain, same], ofSpouse.Select(lead => lead.Id));

        // Whatever the page had been showing.
        Guid[] all = [_lead.Id, spouse, spouseAgain, same];
        await Erasure.EraseAsync(_bed.Ada, _lead.Id, $"{_lead.Number}", "прохання", all, Token);
        Assert.Null((await _bed.LoadAsync(spouse)).ErasedAt);
        Assert.Null((await _bed.LoadAsync(spouseAgain)).ErasedAt);
        Assert.NotNull((await _bed.LoadAsync(same)).ErasedAt);

        async Task<Guid> SameMailAsync(int number)
        {
            var input = HubBed.Input(number) with { Email = "tajemnycia@example.com" };
            return (await _bed.Get<LeadService>().CreateAsync(_bed.Olena, input, null, Token)).Id;
        }
    }

    [Fact]
    public async Task WrongNumber_MissingReason_OrNoAdmin_EraseNothing()
    {
        Guid[] shown = [_lead.Id];
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Erasure.EraseAsync(_bed.Ada, _lead.Id, $"L-{_other.Number}", "прохання", shown, Token)
        );
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Erasure.EraseAsync(_bed.Ada, _lead.Id, $"L-{_lead.Number}", " ", shown, Token)
        );
        foreach (var actor in new[] { _bed.Olena, _bed.Nina })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() =>
                Erasure.EraseAsync(actor, _lead.Id, $"L-{_lead.Number}", "прохання", shown, Token)
            );
            await Assert.ThrowsAsync<ForbiddenException>(() => Erasure.LeadsAsync(actor, _lead.Id, Token));
        }

        Assert.Null((await _bed.LoadAsync(_lead.Id)).ErasedAt);
    }

    [Fact]
    public async Task Consent_IsKeptOnlyWhenGiven_AndWithinItsLength()
    {
        var lead = await _bed.LoadAsync(_lead.Id);
        Assert.Equal((_bed.Time.GetUtcNow(), $"усно, {Secret}"), (lead.ConsentAt, lead.ConsentNote));
        Assert.Null((await _bed.LoadAsync(_other.Id)).ConsentAt);
        var details = await _bed.Get<LeadQueries>().DetailsAsync(_bed.Olena, _lead.Id, Token);
        Assert.Equal(lead.ConsentNote, details.Consent.Note);

        var tooLong = HubBed.Input(3) with
        {
            HasConsent = true,
            ConsentNote = new string('x', LeadLimits.ConsentNote + 1),
        };
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            _bed.Get<LeadService>().CreateAsync(_bed.Olena, tooLong, null, Token)
        );
        Assert.Equal(nameof(LeadInput.ConsentNote), refusal.Errors[0].Field);
    }

    [Theory]
    [InlineData(0, 400, false)]
    [InlineData(365, 364, false)]
    [InlineData(365, 366, true)]
    public async Task Archive_IsErasedAfterItsTime_WhereTheSettingSaysSo(int setting, int days, bool isErased)
    {
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, _lead.Id, Token);
        _bed.Time.Advance(TimeSpan.FromDays(days));
        using var retention = new ArchiveRetention(
            _bed.Get<HubDatabase>(),
            Erasure,
            _bed.Get<AttachmentSweep>(),
            Options.Create(new PrivacyOptions { EraseArchivedAfterDays = setting }),
            _bed.Get<WorkLog>(),
            _bed.Time,
            NullLogger<ArchiveRetention>.Instance
        );

        Assert.Equal(isErased ? 1 : 0, await retention.ApplyAsync(Token));

        Assert.Equal(isErased, (await _bed.LoadAsync(_lead.Id)).ErasedAt is not null);
        Assert.Null((await _bed.LoadAsync(_other.Id)).ErasedAt);
    }

    private Task EraseAsync() =>
        Erasure.EraseAsync(_bed.Ada, _lead.Id, $"L-{_lead.Number}", "прохання клієнта", [_lead.Id], Token);

    // In any column of any row: whatever table a later version adds is looked at as well.
    private Task<long> CountOfSecretAsync() =>
        _bed.ReadAsync(async db =>
        {
            var tables = await db
                .Database.SqlQuery<string>(
                    $"""SELECT tablename::text AS "Value" FROM pg_tables WHERE schemaname = 'public'"""
                )
                .ToListAsync(Token);
            var found = 0L;
#pragma warning disable EF1002 // Names from PostgreSQL's own catalogue.
            foreach (var table in tables)
            {
                found += await db
                    .Database.SqlQueryRaw<long>(
                        $"""
                        SELECT count(*) AS "Value" FROM "{table}" AS entry
                        WHERE entry::text ILIKE '%Таємниця%' OR entry::text ILIKE '%tajemnycia%' OR entry::text LIKE '%501000001%'
                        """
                    )
                    .SingleAsync(Token);
            }

#pragma warning restore EF1002
            return found;
        });
}
