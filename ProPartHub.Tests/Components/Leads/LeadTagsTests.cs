using Bunit;
using MudBlazor;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Tags on the page of a lead: put on and taken off, and nobody else's are shown.</summary>
public sealed class LeadTagsTests : LeadComponentTest
{
    [Fact]
    public async Task Tag_IsPutOnAndTakenOff()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await TagAsync("Готівка");
        var urgent = await TagAsync("Терміново");
        var part = Open(lead.Id);

        await part.InvokeAsync(() => part.Find(".lead-tags-add").Click());
        part.WaitForAssertion(() => Assert.Equal(["Готівка", "Терміново"], Names(part, ".lead-tags-option")));
        await part.InvokeAsync(() => part.FindAll(".lead-tags-option input")[1].Change(true));

        part.WaitForAssertion(() => Assert.Equal(["Терміново"], Names(part, ".lead-tag")));
        Assert.Equal(
            [urgent],
            await Bed.ReadAsync(db => Task.FromResult(db.LeadTags.Select(row => row.TagId).ToList()))
        );

        await part.InvokeAsync(() => part.Find(".lead-tag-off").Click());

        part.WaitForAssertion(() => Assert.Empty(part.FindAll(".lead-tag")));
        Assert.Empty(await Bed.ReadAsync(db => Task.FromResult(db.LeadTags.ToList())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TagTakenOff_IsPutBackByOneClick_UnlessSomebodyElseHas(bool byAnother)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var tag = await TagAsync("Готівка");
        await Bed.Get<TagService>().SetAsync(Bed.Nina, lead.Id, tag, isOn: true, Token);
        var messages = Render<MudSnackbarProvider>();
        var part = Open(lead.Id);
        part.WaitForElement(".lead-tag-off");
        await part.InvokeAsync(() => part.Find(".lead-tag-off").Click());
        part.WaitForAssertion(() => Assert.Empty(part.FindAll(".lead-tag")));
        messages.WaitForElement(".mud-snackbar button");
        if (byAnother)
        {
            await Bed.Get<TagService>().SetAsync(Bed.Nina, lead.Id, tag, isOn: true, Token);
        }

        await messages.InvokeAsync(() => messages.Find(".mud-snackbar button").Click());

        part.WaitForAssertion(() => Assert.Equal(["Готівка"], Names(part, ".lead-tag")));
        messages.WaitForAssertion(() =>
            Assert.Equal(byAnother, messages.Markup.Contains("нічого не скасовано", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task WhatSomebodyElsePutOn_ShowsWithTheNextNews()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var tag = await TagAsync("Готівка");
        var part = Open(lead.Id);
        Assert.Empty(part.FindAll(".lead-tag"));

        await Bed.Get<TagService>().SetAsync(Bed.Nina, lead.Id, tag, isOn: true, Token);
        part.Render(parameters => parameters.Add(tags => tags.Tick, 1));

        part.WaitForAssertion(() => Assert.Equal(["Готівка"], Names(part, ".lead-tag")));
    }

    [Fact]
    public async Task LeadThatIsGone_IsSaid_AndNothingIsStored()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await TagAsync("Готівка");
        var part = Open(lead.Id);
        await part.InvokeAsync(() => part.Find(".lead-tags-add").Click());
        part.WaitForElement(".lead-tags-option");
        await Bed.Get<Domain.Leads.LeadService>().TransferAsync(Bed.Nina, lead.Id, Bed.Taras.UserId, null, Token);

        await part.InvokeAsync(() => part.Find(".lead-tags-option input").Change(true));

        part.WaitForElement(".said[role=alert]");
        Assert.Empty(await Bed.ReadAsync(db => Task.FromResult(db.LeadTags.ToList())));
    }

    private IRenderedComponent<LeadTags> Open(Guid lead)
    {
        SignIn(Bed.Olena);
        var part = Render<LeadTags>(parameters => parameters.Add(tags => tags.LeadId, lead));
        part.WaitForElement(".lead-tags");
        return part;
    }

    private async Task<Guid> TagAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await Bed.Get<TagService>().SaveAsync(Bed.Nina, id, name, TagColour.Green, Token);
        return id;
    }

    private static IEnumerable<string> Names(IRenderedComponent<LeadTags> part, string place) =>
        part.FindAll($"{place} .tag-chip").Select(chip => chip.TextContent);
}
