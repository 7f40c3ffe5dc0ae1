using Bunit;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class SmallComponentsTests : ComponentTest
{
    [Theory]
    [InlineData("New", null, "new", "Новий")]
    [InlineData("won", "Договір підписано", "won", "Договір підписано")]
    [InlineData("parked", null, "", "parked")]
    public void StageChip_ShowsColourOfTheStatus_AndNameOfTheStage(
        string status,
        string? label,
        string tone,
        string text
    )
    {
        var chip = Render<StageChip>(p => p.Add(c => c.Status, status).Add(c => c.Label, label)).Find("span");

        Assert.Equal(text, chip.TextContent);
        Assert.Equal($"stage-chip {tone}".Trim(), chip.ClassName!.Trim());
    }

    [Fact]
    public void PhoneLink_DialsOnlyDigits_WhateverWasStored()
    {
        var link = Render<PhoneLink>(p => p.Add(l => l.Number, "+38050\" onclick=\"x(1234567")).Find("a");

        Assert.Equal("tel:+380501234567", link.GetAttribute("href"));
        Assert.False(link.HasAttribute("onclick"));
    }

    [Fact]
    public void PhoneLink_WithoutANumber_ShowsNothing() =>
        Assert.Empty(Render<PhoneLink>(p => p.Add(l => l.Number, "")).Markup.Trim());

    [Fact]
    public void PageHeader_HasOneHeading_ForFocusAfterNavigation()
    {
        var header = Render<PageHeader>(p => p.Add(h => h.Title, "Ліди").Add(h => h.Subtitle, "128 лідів"));

        Assert.Equal("Ліди", header.Find("h1").TextContent);
        Assert.Equal("-1", header.Find("h1").GetAttribute("tabindex"));
        Assert.Equal("128 лідів", header.Find("p").TextContent);
    }

    [Fact]
    public void SkeletonRows_SayLoadingOnce_AndShowTheCount()
    {
        var rows = Render<SkeletonRows>(p => p.Add(r => r.Count, 3));

        Assert.Equal("Завантаження…", rows.Find("[role=status]").GetAttribute("aria-label"));
        Assert.Equal(3, rows.FindAll("[aria-hidden=true]").Count);
    }

    [Fact]
    public void EmptyState_OffersTheWayOn()
    {
        var state = Render<EmptyState>(p =>
            p.Add(e => e.Title, "Ще жодного ліда").AddChildContent("<a href='/leads/new'>Новий лід</a>")
        );

        Assert.Equal("Ще жодного ліда", state.Find("h2").TextContent);
        Assert.Equal("/leads/new", state.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Texts_FromPeople_AreNeverMarkup()
    {
        var state = Render<EmptyState>(p => p.Add(e => e.Title, "<img src=x onerror=alert(1)>"));

        Assert.Empty(state.FindAll("img"));
        Assert.Equal("<img src=x onerror=alert(1)>", state.Find("h2").TextContent);
    }
}
