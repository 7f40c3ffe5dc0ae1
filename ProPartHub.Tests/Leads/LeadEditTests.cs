using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>Edits by several people at once merge field by field, and none is lost.</summary>
public sealed class LeadEditTests : IAsyncLifetime
{
    private static readonly IReadOnlySet<LeadField> Nothing = new HashSet<LeadField>();

    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Edit_DifferentFieldsAtOnce_MergeSilently()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var opened = LeadInput.From(await _bed.LoadAsync(lead.Id));

        var first = await Leads.EditAsync(
            _bed.Nina,
            lead.Id,
            opened,
            opened with
            {
                Company = "Вулик",
            },
            Nothing,
            Token
        );
        var second = await Leads.EditAsync(
            _bed.Olena,
            lead.Id,
            opened,
            opened with
            {
                Telegram = "@o_g",
            },
            Nothing,
            Token
        );

        Assert.True(first.Saved && second.Saved);
        var stored = await _bed.LoadAsync(lead.Id);
        Assert.Equal(("Вулик", "o_g"), (stored.Company, stored.Telegram));
    }

    [Fact]
    public async Task Edit_SameFieldAtOnce_StoresNothingAndSaysWhoAndWhat()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var opened = LeadInput.From(await _bed.LoadAsync(lead.Id));
        _bed.Time.Advance(TimeSpan.FromMinutes(5));
        await Leads.EditAsync(_bed.Nina, lead.Id, opened, opened with { Company = "Вулик" }, Nothing, Token);

        var mine = opened with { Company = "Джміль", Notes = "мої нотатки" };
        var result = await Leads.EditAsync(_bed.Olena, lead.Id, opened, mine, Nothing, Token);

        Assert.False(result.Saved);
        var expected = new LeadEditConflict(
            LeadField.Company,
            null,
            "Джміль",
            "Вулик",
            _bed.Nina.Name,
            _bed.Time.GetUtcNow()
        );
        Assert.Equal(expected, Assert.Single(result.Conflicts));
        Assert.Null((await _bed.LoadAsync(lead.Id)).Notes);

        var overruled = await Leads.EditAsync(
            _bed.Olena,
            lead.Id,
            opened,
            mine,
            new HashSet<LeadField> { LeadField.Company },
            Token
        );
        Assert.True(overruled.Saved);
        Assert.Equal("Джміль", (await _bed.LoadAsync(lead.Id)).Company);
    }

    [Fact]
    public async Task Edit_SameValueFromBoth_IsNoConflict()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var opened = LeadInput.From(await _bed.LoadAsync(lead.Id));
        var typed = opened with { Company = "Вулик" };
        await Leads.EditAsync(_bed.Nina, lead.Id, opened, typed, Nothing, Token);

        Assert.True((await Leads.EditAsync(_bed.Olena, lead.Id, opened, typed, Nothing, Token)).Saved);
        Assert.Single(await EventsAsync(lead.Id, LeadEventKind.Edited));
    }

    [Fact]
    public async Task Edit_ManyAtOnce_LosesNone()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var opened = LeadInput.From(await _bed.LoadAsync(lead.Id));
        LeadInput[] edits =
        [
            opened with
            {
                Company = "Вулик",
            },
            opened with
            {
                Telegram = "o_g",
            },
            opened with
            {
                Notes = "нотатка",
            },
        ];

        await Task.WhenAll(edits.Select(typed => Leads.EditAsync(_bed.Olena, lead.Id, opened, typed, Nothing, Token)));

        var stored = await _bed.LoadAsync(lead.Id);
        Assert.Equal(("Вулик", "o_g", "нотатка"), (stored.Company, stored.Telegram, stored.Notes));
        Assert.Equal(3, (await EventsAsync(lead.Id, LeadEventKind.Edited)).Count);
    }

    [Fact]
    public async Task Edit_ImportedLeadWithBadPhone_LetsOtherFieldsChange()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.ReadAsync(db =>
            db.Leads.Where(row => row.Id == lead.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Phone, "дзвонити мамі"))
        );
        var opened = LeadInput.From(await _bed.LoadAsync(lead.Id));

        Assert.True(
            (
                await Leads.EditAsync(_bed.Olena, lead.Id, opened, opened with { Company = "Вулик" }, Nothing, Token)
            ).Saved
        );
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.EditAsync(_bed.Olena, lead.Id, opened, opened with { Phone = "тато" }, Nothing, Token)
        );
    }

    private Task<List<LeadEvent>> EventsAsync(Guid leadId, LeadEventKind kind) =>
        _bed.ReadAsync(db => db.LeadEvents.Where(row => row.LeadId == leadId && row.Kind == kind).ToListAsync(Token));
}
