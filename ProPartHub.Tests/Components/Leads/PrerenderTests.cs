using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>
/// The first rows and cards are in a page before its circuit is: for reading, at a fixed number of SQL commands, and as the person
/// who asked sees them.
/// </summary>
public sealed class PrerenderTests : LeadComponentTest
{
    // The reader's columns; the first view; rows, count and tags.
    [Fact]
    public async Task List()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Taras, 2);

        var page = await ShowAsync<LeadListPage>(5, "tr.row");

        Assert.Equal($"{lead.Id}", page.Find("tr.row").GetAttribute("data-lead"));
        Assert.True(page.Find(".lead-frame").HasAttribute("inert"));
        Assert.True(page.Find(".filters").HasAttribute("inert"));
        AssertKept(page.Instance.Prerendered);
    }

    // The first view; figures, cards, budgets in another currency.
    [Fact]
    public async Task Board()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Taras, 2);

        var page = await ShowAsync<BoardPage>(4, ".card");

        Assert.Single(page.FindAll(".card"));
        Assert.True(page.Find(".board").HasAttribute("inert"));
        AssertKept(page.Instance.Prerendered);
    }

    private async Task<IRenderedComponent<TPage>> ShowAsync<TPage>(int commands, string loaded)
        where TPage : IComponent
    {
        SignIn(Bed.Olena);
        SetRendererInfo(new("Static", isInteractive: false));
        await Bed.KeepSharedAsync();
        Bed.Sql.Reset();

        var page = Render<TPage>();
        await page.WaitForElementAsync(loaded);

        Assert.True(
            commands == Bed.Sql.Commands.Count,
            $"{Bed.Sql.Commands.Count} commands:\n{string.Join("\n\n", Bed.Sql.Commands)}"
        );
        // Its circuit will hear of what changes from here on.
        Assert.Equal(1, Feed.Subscribers);
        return page;
    }

    private void AssertKept(Guid? key)
    {
        var pages = Services.GetRequiredService<PrerenderedPages>();
        Assert.NotNull(key);
        Assert.NotNull(pages.Take<object>(key, Bed.Olena)?.Joined);
    }
}
