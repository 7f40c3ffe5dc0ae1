using AngleSharp.Dom;
using Bunit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
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

        filters.WaitForAssertion(() => Assert.Equal(4, Select(filters, "Агент").QuerySelectorAll("option").Length));
        await filters.InvokeAsync(() => Select(filters, "Агент").Change(Bed.Taras.UserId.ToString()));
        Assert.Equal(Bed.Taras.UserId, _asked!.AgentId);
        await filters.InvokeAsync(() => Select(filters, "Етап").Change(stage.ToString()));
        Assert.Equal(stage, _asked.StageId);
        await filters.InvokeAsync(() => Select(filters, "Країна").Change("Оман"));
        Assert.Equal("Оман", _asked.Country);
        await filters.InvokeAsync(() => Select(filters, "Джерело").Change("сайт"));
        Assert.Equal("сайт", _asked.Source);
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

        Assert.DoesNotContain(filters.FindAll("label span"), label => label.TextContent == "Агент");
        Assert.DoesNotContain("Не призначені", filters.Markup, StringComparison.Ordinal);
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
                Select(filters, "Агент").QuerySelectorAll("option").Skip(1).Select(option => option.TextContent)
            )
        );
    }

    [Fact]
    public async Task ActiveFilters_AreChips_ThatAreRemovedOneByOne()
    {
        var query = new LeadListQuery
        {
            Search = "Їжак",
            AgentId = Bed.Taras.UserId,
            Country = "Дубай",
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
                    "Budget: 1M+",
                    "Registered from 01/03/2026",
                    "Registered to 31/03/2026",
                ],
                filters.FindAll(".chip-active").Select(chip => chip.TextContent.Trim())
            )
        );
        await filters.InvokeAsync(() => filters.FindAll(".chip-active")[2].Click());

        Assert.Equal(query with { Country = null }, _asked);
        Assert.Equal("/leads", filters.Find(".filters-clear").GetAttribute("href"));
    }

    private IRenderedComponent<LeadFilters> Show(Actor actor, LeadListQuery query) =>
        Render<LeadFilters>(parameters =>
            parameters
                .Add(filters => filters.Actor, actor)
                .Add(filters => filters.Query, query)
                .Add(filters => filters.OnChanged, asked => _asked = asked)
        );

    private static IElement Select(IRenderedComponent<LeadFilters> filters, string label) =>
        filters
            .FindAll("#filters-panel label")
            .Single(found => found.QuerySelector("span")!.TextContent == label)
            .QuerySelector("select")!;
}
