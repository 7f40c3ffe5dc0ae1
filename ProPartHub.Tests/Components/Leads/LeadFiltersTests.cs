using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

public sealed class LeadFiltersTests : LeadComponentTest
{
    private LeadListQuery? _asked;

    [Fact]
    public async Task Panel_OpensOnDemand_AndHandsUpEachChoice()
    {
        var stage = await Bed.StageAsync(LeadStatus.Qualified);
        var filters = Show(Bed.Nina, new());
        Assert.Empty(filters.FindAll("#filters-panel select"));

        await filters.InvokeAsync(() => filters.Find("[aria-controls=filters-panel]").Click());
        filters.WaitForElement("#filters-panel select");

        filters.WaitForAssertion(() => Assert.Equal(3, Boxes(filters, "agent").Count));
        await TickAsync(filters, "agent", "Тарас Вовк");
        Assert.Equal([Bed.Taras.UserId], _asked!.AgentIds);
        await TickAsync(filters, "agent", "Олена Гнатюк");
        Assert.Equal([Bed.Taras.UserId, Bed.Olena.UserId], _asked.AgentIds);
        Assert.Equal("Олена Гнатюк +1", filters.Find("#filter-agent .choices-chosen").TextContent);
        await TickAsync(filters, "agent", "Тарас Вовк");
        Assert.Equal([Bed.Olena.UserId], _asked.AgentIds);
        var name = (await Bed.Get<StageDirectory>().AllAsync(Token)).First(one => one.Id == stage).Label;
        await TickAsync(filters, "stage", name);
        Assert.Equal([stage], _asked.StageIds);
        await TickAsync(filters, "country", "Оман");
        Assert.Equal(["Оман"], _asked.Countries);
        await TickAsync(filters, "source", "Сайт");
        Assert.Equal(["сайт"], _asked.Sources);
        await filters.InvokeAsync(() => Select(filters, "Бюджет").Change("1"));
        Assert.Equal(1, _asked.BudgetBand);
        await filters.InvokeAsync(() => filters.FindAll("input[type=date]")[1].Change("2026-03-31"));
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 21, 0, 0, TimeSpan.Zero), _asked.CreatedBefore);
    }

    [Fact]
    public async Task Agent_HasNoColleaguesToFilterBy_AndNoPool()
    {
        var filters = Show(Bed.Olena, new());
        await filters.InvokeAsync(() => filters.Find("[aria-controls=filters-panel]").Click());
        filters.WaitForElement("#filters-panel select");

        Assert.Empty(filters.FindAll("#filter-agent"));
        Assert.DoesNotContain("Без агента", filters.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manager_ChoosesAmongTheOwnTeamOnly()
    {
        var filters = Show(Bed.Nina, new());
        await filters.InvokeAsync(() => filters.Find("[aria-controls=filters-panel]").Click());
        filters.WaitForElement("#filters-panel select");

        filters.WaitForAssertion(() =>
            Assert.Equal(
                ["Ніна Коваль", "Олена Гнатюк", "Тарас Вовк"],
                Boxes(filters, "agent").Select(option => option.TextContent.Trim())
            )
        );
    }

    [Fact]
    public async Task ActiveFilters_AreChips_ThatAreRemovedOneByOne()
    {
        var query = new LeadListQuery
        {
            Search = "Їжак",
            AgentIds = [Bed.Taras.UserId],
            Countries = ["Дубай", "Оман"],
            BudgetBand = 3,
            CreatedFrom = new DateTimeOffset(2026, 2, 28, 22, 0, 0, TimeSpan.Zero),
            CreatedBefore = new DateTimeOffset(2026, 3, 31, 21, 0, 0, TimeSpan.Zero),
        };
        Speak("en");
        var filters = Show(Bed.Nina, query);

        filters.WaitForAssertion(() =>
            Assert.Equal(
                [
                    "«Їжак»",
                    "Agent: Тарас Вовк",
                    "Dubai",
                    "Oman",
                    "Budget: 1M+",
                    "Registered from 1\u00a0Mar\u00a02026",
                    "Registered to 31\u00a0Mar\u00a02026",
                ],
                filters.FindAll(".chip-active").Select(chip => chip.TextContent.Trim())
            )
        );
        await filters.InvokeAsync(() => filters.FindAll(".chip-active")[2].Click());

        Assert.Equal(["Оман"], _asked!.Countries);
        Assert.Equal([Bed.Taras.UserId], _asked.AgentIds);
        Assert.Equal("/leads", filters.Find(".filters-clear").GetAttribute("href"));
    }

    [Fact]
    public async Task LongList_IsNarrowedByAnySpelling_AndKeepsWhatALinkAskedFor()
    {
        var filters = Show(Bed.Nina, new() { Countries = ["Атлантида"] });
        await filters.InvokeAsync(() => filters.Find("[aria-controls=filters-panel]").Click());
        filters.WaitForElement("#filter-country-menu .choices-search");
        Assert.Equal("Атлантида", filters.Find("#filter-country .choices-chosen").TextContent);

        await filters.InvokeAsync(() => filters.Find("#filter-country-menu .choices-search").Input("kipr"));
        Assert.Equal(
            ["Північний Кіпр", "Південний Кіпр"],
            Boxes(filters, "country").Select(option => option.TextContent.Trim())
        );
        await filters.InvokeAsync(() => filters.Find("#filter-country-menu .choices-search").Input("немає такої"));
        Assert.Empty(Boxes(filters, "country"));
        Assert.Single(filters.FindAll("#filter-country-menu .choices-none"));
        await filters.InvokeAsync(() => filters.Find("#filter-country-menu .choices-search").Input(""));
        await TickAsync(filters, "country", "Атлантида");

        Assert.Empty(_asked!.Countries);
    }

    [Theory]
    [InlineData("answer-inhour", "Перша відповідь: до 1 год")]
    [InlineData("won-90", "Виграні за 90 днів")]
    [InlineData("stay-{0}-longer", "На етапі «Кваліфікований»: понад 30 днів")]
    [InlineData("ended-{0}-2026-03-02", "Завершені з 02.03.2026, що пройшли «Кваліфікований»")]
    public async Task NumberOfAReport_IsAChip_ThatNamesIt_AndGoesAlone(string cell, string name)
    {
        var stage = (await Bed.StageAsync(LeadStatus.Qualified)).ToString("N");
        var time = Services.GetRequiredService<AgencyTime>();
        var address = new Uri($"https://hub.example/leads?country=Оман&cell={string.Format(null, cell, stage)}");
        var query = LeadListAddress.Read(address, time);
        var filters = Show(Bed.Olena, query);

        filters.WaitForAssertion(() =>
            Assert.Equal(["Оман", name], filters.FindAll(".chip-active").Select(chip => chip.TextContent.Trim()))
        );
        await filters.InvokeAsync(() => filters.FindAll(".chip-active")[1].Click());

        Assert.Null(_asked!.Cell);
        Assert.Equal(["Оман"], _asked.Countries);
    }

    private IRenderedComponent<LeadFilters> Show(Actor actor, LeadListQuery query)
    {
        IRenderedComponent<LeadFilters>? shown = null;
        shown = Render<LeadFilters>(parameters =>
            parameters
                .Add(filters => filters.Actor, actor)
                .Add(filters => filters.Query, query)
                .Add(
                    filters => filters.OnChanged,
                    asked =>
                    {
                        _asked = asked;
                        shown!.Render(again => again.Add(filters => filters.Query, asked));
                    }
                )
        );
        return shown;
    }

    private static IReadOnlyList<IElement> Boxes(IRenderedComponent<LeadFilters> filters, string name) =>
        filters.FindAll($"#filter-{name}-menu .choices-option");

    private static Task TickAsync(IRenderedComponent<LeadFilters> filters, string name, string text) =>
        filters.InvokeAsync(() =>
        {
            var box = Boxes(filters, name).Single(option => option.TextContent.Trim() == text).QuerySelector("input")!;
            box.Change(!box.HasAttribute("checked"));
        });

    private static IElement Select(IRenderedComponent<LeadFilters> filters, string label) =>
        filters
            .FindAll("#filters-panel label")
            .Single(found => found.QuerySelector("span")!.TextContent == label)
            .QuerySelector("select")!;
}
