using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>A lead's page goes on to the leads of whatever led to it, and back there.</summary>
public sealed class LeadOriginTests : LeadComponentTest
{
    [Theory]
    [InlineData("/?leads={0}", "/", "Сьогодні")]
    [InlineData("/notifications?leads={0}", "/notifications", "Сповіщення")]
    public async Task LeadsThatCameAlong_AreWalkedInTheirOrder(string from, string back, string name)
    {
        Guid[] ids =
        [
            (await Bed.LeadAsync(Bed.Olena, 1)).Id,
            (await Bed.LeadAsync(Bed.Olena, 2)).Id,
            (await Bed.LeadAsync(Bed.Olena, 3)).Id,
        ];
        Guid[] listed = [ids[2], ids[0], ids[1]];

        var page = Open(ids[0], string.Format(null, from, string.Join(',', listed)));

        page.WaitForAssertion(() => Assert.Equal($"/leads/{ids[2]}", Row(page, "PreviousLead")));
        Assert.Equal($"/leads/{ids[1]}", Row(page, "NextLead"));
        Assert.Equal(name, page.Find(".neighbours-back").TextContent.Trim());
        Assert.Equal(back, page.Find("[data-command=NextLead]").GetAttribute("data-list"));
    }

    [Fact]
    public async Task ListOfASearch_IsWalked()
    {
        var first = await Bed.LeadAsync(Bed.Olena, 1, "Марта");
        await Bed.LeadAsync(Bed.Olena, 2, "Інша");
        Bed.Time.Advance(TimeSpan.FromMinutes(1));
        var last = await Bed.LeadAsync(Bed.Olena, 3, "Марта");

        var page = Open(last.Id, "/leads?q=марта");

        page.WaitForAssertion(() => Assert.Equal($"/leads/{first.Id}", Row(page, "NextLead")));
        Assert.Null(Row(page, "PreviousLead"));
        Assert.Equal("Список", page.Find(".neighbours-back").TextContent.Trim());
    }

    [Theory]
    [InlineData("/notifications")]
    [InlineData("/notifications?leads=none")]
    [InlineData("//elsewhere.example/notifications?leads=1")]
    public async Task WhatNamesNoLeads_LeadsNowhere(string from)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);

        Assert.Empty(Open(lead.Id, from).FindAll(".neighbours"));
    }

    private IRenderedComponent<LeadDetailPage> Open(Guid lead, string from)
    {
        SignIn(Bed.Olena);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/leads/{lead}?from={Uri.EscapeDataString(from)}");
        var page = Render<LeadDetailPage>(parameters => parameters.Add(view => view.Id, lead));
        page.WaitForElement(".facts");
        return page;
    }

    private static string? Row(IRenderedComponent<LeadDetailPage> page, string command) =>
        page.Find($"[data-command={command}]").GetAttribute("data-row");
}
