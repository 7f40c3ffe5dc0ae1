using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class TagTests : IAsyncLifetime
{
    private readonly Guid _vip = Guid.CreateVersion7();
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TagService Tags => _bed.Get<TagService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        await Tags.SaveAsync(_bed.Nina, _vip, " VIP\nклієнт ", TagColour.Violet, Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Tag_OnALead_IsFoundByFilter_AndStandsInItsHistory()
    {
        var (tagged, other) = (await _bed.LeadAsync(_bed.Olena, 1), await _bed.LeadAsync(_bed.Olena, 2));

        await Tags.SetAsync(_bed.Olena, tagged.Id, _vip, isOn: true, Token);
        await Tags.SetAsync(_bed.Olena, tagged.Id, _vip, isOn: true, Token);

        Assert.Equal([tagged.Id], await FoundAsync());
        var item = Assert.Single((await Tags.OfAsync(_bed.Olena, [tagged.Id, other.Id], Token))[tagged.Id]);
        Assert.Equal(new TagItem(_vip, "VIP клієнт", TagColour.Violet), item);
        var entry = await _bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(row => row.Kind == LeadEventKind.TagsChanged, Token)
        );
        Assert.Equal([new FieldChange(FieldChange.Tag, null, "VIP клієнт")], entry.Changes);

        await Tags.SetAsync(_bed.Nina, tagged.Id, _vip, isOn: false, Token);
        Assert.Empty(await FoundAsync());
    }

    [Fact]
    public async Task Retired_IsGoneFromListsAndFilters_AndComesBackWithItsLeads()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await Tags.SetAsync(_bed.Olena, lead.Id, _vip, isOn: true, Token);

        await Tags.RetireAsync(_bed.Nina, _vip, isRetired: true, Token);
        Assert.Empty(await Tags.AllAsync(Token));
        Assert.Empty(await FoundAsync());
        await Assert.ThrowsAsync<NotFoundException>(() => Tags.SetAsync(_bed.Olena, lead.Id, _vip, isOn: true, Token));

        await Tags.RetireAsync(_bed.Nina, _vip, isRetired: false, Token);
        Assert.Equal([lead.Id], await FoundAsync());
    }

    [Fact]
    public async Task Name_IsTakenWhateverItsCase_UntilItsTagIsRetired()
    {
        var second = Guid.CreateVersion7();
        var taken = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Tags.SaveAsync(_bed.Ada, second, "vip КЛІЄНТ", TagColour.Red, Token)
        );
        Assert.Equal(FieldErrorCode.NameTaken, taken.Errors[0].Code);

        await Tags.RetireAsync(_bed.Nina, _vip, isRetired: true, Token);
        await Tags.SaveAsync(_bed.Ada, second, "vip КЛІЄНТ", TagColour.Red, Token);

        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Tags.RetireAsync(_bed.Nina, _vip, isRetired: false, Token)
        );
    }

    [Theory]
    [InlineData("  ", FieldErrorCode.Required)]
    [InlineData("a\0b", FieldErrorCode.UnreadableText)]
    [InlineData("довга назва довга назва довга назва довга назва", FieldErrorCode.TooLong)]
    public async Task Name_ThatIsNone_IsRefused(string name, string code)
    {
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Tags.SaveAsync(_bed.Nina, Guid.CreateVersion7(), name, TagColour.Grey, Token)
        );

        Assert.Equal(code, refusal.Errors[0].Code);
    }

    [Fact]
    public async Task Agents_PutTagsOnOwnLeads_AndMakeNone()
    {
        var foreign = await _bed.LeadAsync(_bed.James, 1);

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Tags.SaveAsync(_bed.Olena, _vip, "Інша", TagColour.Red, Token)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() => Tags.RetireAsync(_bed.Olena, _vip, true, Token));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Tags.SetAsync(_bed.Olena, foreign.Id, _vip, isOn: true, Token)
        );
        Assert.Empty(await Tags.OfAsync(_bed.Olena, [foreign.Id], Token));
    }

    [Fact]
    public async Task WhatIsDoneToATag_IsInTheAudit()
    {
        await Tags.SaveAsync(_bed.Ada, _vip, "Важливі", TagColour.Red, Token);
        await Tags.SaveAsync(_bed.Ada, _vip, "Важливі", TagColour.Red, Token);
        await Tags.RetireAsync(_bed.Nina, _vip, isRetired: true, Token);

        var events = await _bed.ReadAsync(db =>
            db.SecurityEvents.Where(row => row.Kind == SecurityEventKind.TagChanged)
                .OrderBy(row => row.Id)
                .ToListAsync(Token)
        );
        Assert.Equal(["tag made", "tag saved", "tag retired"], events.Select(entry => entry.Details["act"]));
        Assert.Equal(
            ("VIP клієнт", "Важливі", "Violet"),
            (events[1].Details["before"], events[1].Details["tag"], events[1].Details["colour before"])
        );
    }

    private async Task<IReadOnlyList<Guid>> FoundAsync() =>
        [
            .. (
                await _bed.Get<LeadQueries>().PageAsync(_bed.Nina, new LeadListQuery { TagIds = [_vip] }, Token)
            ).Rows.Select(row => row.Id),
        ];
}
