using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>A client's consent is given, put right and taken back, each time with who, when and before and after.</summary>
public sealed class LeadConsentTests : IAsyncLifetime
{
    private static readonly ConsentInput Nothing = new(ConsentState.NotRecorded, null);
    private static readonly ConsentInput Given = new(ConsentState.Given, "усно, текст 2");
    private static readonly ConsentInput Withdrawn = new(ConsentState.Withdrawn, "лист від 5 березня");

    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Consent_IsGiven_PutRight_TakenBack_AndGivenAgain()
    {
        var first = _bed.Time.GetUtcNow();
        await RecordAsync(_bed.Olena, Nothing, Given);
        Assert.Equal(
            new LeadConsent(ConsentState.Given, first, null, Given.Note, _bed.Olena.Name),
            await ConsentAsync()
        );

        // Who puts the note right does not become who recorded the consent.
        _bed.Time.Advance(TimeSpan.FromDays(1));
        await RecordAsync(_bed.Nina, Given, Given with { Note = "  письмово,\nтекст 2 " });
        Assert.Equal(
            new LeadConsent(ConsentState.Given, first, null, "письмово, текст 2", _bed.Olena.Name),
            await ConsentAsync()
        );

        _bed.Time.Advance(TimeSpan.FromDays(1));
        var second = _bed.Time.GetUtcNow();
        await RecordAsync(_bed.Nina, Given with { Note = "письмово, текст 2" }, Withdrawn);
        Assert.Equal(
            new LeadConsent(ConsentState.Withdrawn, first, second, Withdrawn.Note, _bed.Nina.Name),
            await ConsentAsync()
        );

        _bed.Time.Advance(TimeSpan.FromDays(1));
        var third = _bed.Time.GetUtcNow();
        await RecordAsync(_bed.Olena, Withdrawn, new(ConsentState.Given, null));
        Assert.Equal(new LeadConsent(ConsentState.Given, third, null, null, _bed.Olena.Name), await ConsentAsync());

        await RecordAsync(_bed.Olena, new(ConsentState.Given, null), Nothing with { Note = "помилково" });
        Assert.Equal(new LeadConsent(ConsentState.NotRecorded, null, null, null, null), await ConsentAsync());
    }

    [Fact]
    public async Task EachRecord_StandsInHistoryAndAudit_WithBeforeAndAfter_AndIsNotForHubSpot()
    {
        await _bed.ReadAsync(db => db.Outbox.ExecuteDeleteAsync(Token));
        await RecordAsync(_bed.Olena, Nothing, Given);
        await RecordAsync(_bed.Nina, Given, Withdrawn);
        await RecordAsync(_bed.Nina, Withdrawn, Withdrawn);

        var events = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.Kind == LeadEventKind.ConsentRecorded).OrderBy(row => row.Id).ToListAsync()
        );
        Assert.Equal([_bed.Olena.Name, _bed.Nina.Name], events.Select(row => row.ActorName));
        Assert.Equal(
            [new(FieldChange.Consent, null, "Given"), new(FieldChange.ConsentNote, null, Given.Note)],
            events[0].Changes
        );
        Assert.Equal(
            [new(FieldChange.Consent, "Given", "Withdrawn"), new(FieldChange.ConsentNote, Given.Note, Withdrawn.Note)],
            events[1].Changes
        );
        var page = await _bed.Get<AuditQueries>().PageAsync(_bed.Ada, new AuditFilter(), null, 1, Token);
        Assert.Equal(
            new AuditFact(FieldChange.Consent, "Given", "Withdrawn", IsChange: true),
            Assert.Single(page.Rows).Facts[0]
        );
        Assert.Equal(0, await _bed.ReadAsync(db => db.Outbox.CountAsync()));

        // What a client said is recorded anew, and not brought back by a click in the history.
        Assert.All(events[1].Changes, change => Assert.False(LeadService.CanRestore(_bed.Ada, events[1], change)));
    }

    [Fact]
    public async Task NewLead_SaysInItsHistoryThatAndHowTheClientAgreed()
    {
        var input = HubBed.Input(2) with { HasConsent = true, ConsentNote = "усно" };
        var lead = await _bed.Get<LeadService>().CreateAsync(_bed.Olena, input, null, Token);

        var created = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync(row => row.LeadId == lead.Id));
        Assert.Contains(new FieldChange(FieldChange.Consent, null, "Given"), created.Changes);
        Assert.Contains(new FieldChange(FieldChange.ConsentNote, null, "усно"), created.Changes);
        Assert.Equal(_bed.Olena.Name, (await _bed.LoadAsync(lead.Id)).ConsentBy);
    }

    [Fact]
    public async Task TwoPeople_RecordDifferently_TheSecondDecides()
    {
        await RecordAsync(_bed.Olena, Nothing, Given);
        var at = _bed.Time.GetUtcNow();
        await RecordAsync(_bed.Nina, Given, Withdrawn);
        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        var typed = Given with { Note = "письмово" };

        var result = await RecordAsync(_bed.Olena, Given, typed);

        Assert.False(result.Saved);
        Assert.Equal(new ConsentConflict(Withdrawn, _bed.Nina.Name, at), result.Conflict);
        Assert.Equal(ConsentState.Withdrawn, (await ConsentAsync()).State);
        Assert.True((await RecordAsync(_bed.Olena, Given, typed, overrule: true)).Saved);
        Assert.Equal(("письмово", _bed.Olena.Name), ((await ConsentAsync()).Note, (await ConsentAsync()).RecordedBy));

        // Both recorded the same: nobody need decide.
        Assert.True((await RecordAsync(_bed.Nina, Given, typed)).Saved);
    }

    [Fact]
    public async Task NoteBreakingARule_OrAStateThatIsNone_IsRefused()
    {
        foreach (var note in new[] { new string('x', LeadLimits.ConsentNote + 1), "a\0b" })
        {
            var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
                RecordAsync(_bed.Olena, Nothing, Given with { Note = note })
            );
            Assert.Equal(nameof(LeadInput.ConsentNote), refusal.Errors[0].Field);
        }

        await Assert.ThrowsAsync<InvalidInputException>(() =>
            RecordAsync(_bed.Olena, Nothing, new((ConsentState)7, null))
        );
        Assert.Equal(ConsentState.NotRecorded, (await ConsentAsync()).State);
    }

    private Task<ConsentResult> RecordAsync(Actor by, ConsentInput opened, ConsentInput typed, bool overrule = false) =>
        _bed.Get<LeadService>().RecordConsentAsync(by, _lead, opened, typed, overrule, Token);

    private async Task<LeadConsent> ConsentAsync() =>
        (await _bed.Get<LeadQueries>().DetailsAsync(_bed.Olena, _lead, Token)).Consent;
}
