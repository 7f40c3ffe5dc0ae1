using Microsoft.Extensions.Options;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Cells;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

public sealed class LeadListAddressTests
{
    private static readonly Guid Stage = new("0197a000-0000-7000-8000-000000000001");
    private static readonly AgencyTime Kyiv = new(Options.Create(new HubOptions()), TimeProvider.System);

    [Fact]
    public void EverythingTheListShows_ComesBackFromItsAddress()
    {
        var query = new LeadListQuery
        {
            Search = "Їжак & Ко",
            Statuses = [LeadStatus.New, LeadStatus.Lost],
            StageIds = [Guid.CreateVersion7(), Guid.CreateVersion7()],
            AgentIds = [Guid.CreateVersion7(), Guid.CreateVersion7()],
            Countries = ["Оман", "Балі, острів"],
            Sources = ["реклама/таргет", "сайт"],
            TagIds = [Guid.CreateVersion7(), Guid.CreateVersion7()],
            BudgetBand = 2,
            CreatedFrom = Kyiv.StartOf(new(2026, 3, 1)),
            CreatedBefore = Kyiv.StartOf(new(2026, 4, 1)),
            TeamId = Guid.CreateVersion7(),
            Sync = LeadSyncFilter.Parked,
            OnlyPool = true,
            OnlyAttention = true,
            OnlyTransferred = true,
            QuietSince = Kyiv.StartOf(new(2026, 3, 2)),
            Money = LeadMoney.Other,
            Blank = LeadBlank.Source,
            Cell = new AnswerCell(AnswerSpan.InDay),
            Archived = true,
            Sort = LeadSort.Name,
            Descending = false,
            Cursor = "abc",
        };

        var address = LeadListAddress.Write(query, Kyiv);
        var read = Read(address);

        Assert.Contains("from=2026-03-01&to=2026-03-31", address, StringComparison.Ordinal);
        Assert.Equal(query.Statuses, read.Statuses);
        Assert.Equal(query.StageIds, read.StageIds);
        Assert.Equal(query.AgentIds, read.AgentIds);
        Assert.Equal(query.Countries, read.Countries);
        Assert.Equal(query.Sources, read.Sources);
        Assert.Equal(query.TagIds, read.TagIds);
        Assert.Equal(WithoutLists(query), WithoutLists(read));
    }

    public static TheoryData<LeadCell, string> Cells =>
        new()
        {
            { new AnswerCell(AnswerSpan.Never), "answer-never" },
            { new StayCell(Stage, null), "stay-0197a000000070008000000000000001" },
            { new StayCell(Stage, StaySpan.InMonth), "stay-0197a000000070008000000000000001-inmonth" },
            { new WonWithinCell(90), "won-90" },
            {
                new EndedCell(Stage, Kyiv.StartOf(new(2026, 3, 2))),
                "ended-0197a000000070008000000000000001-2026-03-02"
            },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public void NumberOfAReport_ComesBackFromItsAddress(LeadCell cell, string written)
    {
        var address = LeadListAddress.Write(new() { Cell = cell }, Kyiv);

        Assert.Equal("/leads?cell=" + written, address);
        Assert.Equal(cell, Read(address).Cell);
    }

    [Fact]
    public void Default_NeedsNoQuery() => Assert.Equal("/leads", LeadListAddress.Write(new(), Kyiv));

    [Theory]
    [InlineData("2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z")]
    public void Day_IsTheAgencysDay_AlsoWhenTheClocksChange(string day, string from, string before)
    {
        var read = Read($"/leads?from={day}&to={day}");

        Assert.Equal(DateTimeOffset.Parse(from, null), read.CreatedFrom);
        Assert.Equal(DateTimeOffset.Parse(before, null), read.CreatedBefore);
    }

    [Theory]
    [InlineData("?budget=9")]
    [InlineData("?budget=-1")]
    [InlineData("?from=0001-01-01&to=9999-12-31")]
    [InlineData("?from=31.12.2026")]
    [InlineData("?money=eur&without=name&cell=answer")]
    [InlineData("?cell=answer-9")]
    [InlineData("?cell=won-0")]
    [InlineData("?cell=won-99999")]
    [InlineData("?cell=stay-x-inday")]
    [InlineData("?cell=ended-0197a000000070008000000000000001-yesterday")]
    [InlineData("?agent=1;drop&stage=x&status=99&view=nonsense&sort=secret&team=x&sync=9")]
    public void ForgedValues_CountAsAbsent(string query)
    {
        var read = Read("/leads" + query);

        Assert.Equal(WithoutLists(new()), WithoutLists(read));
        Assert.Equal((0, 0, 0), (read.Statuses.Count, read.StageIds.Count, read.AgentIds.Count));
    }

    [Fact]
    public void OneValueTwice_CountsOnce_AndMoreThanAnyoneChooses_AreCut()
    {
        var many = string.Join('&', Enumerable.Range(0, 500).Select(number => $"country=c{number}"));

        Assert.Equal(["Оман"], Read("/leads?country=Оман&country=Оман&country=").Countries);
        Assert.Equal(LeadListQuery.MaxValues, Read("/leads?" + many).Countries.Count);
    }

    // Lists are compared one by one.
    private static LeadListQuery WithoutLists(LeadListQuery query) =>
        query with
        {
            Statuses = [],
            StageIds = [],
            AgentIds = [],
            Countries = [],
            Sources = [],
            TagIds = [],
        };

    private static LeadListQuery Read(string address) =>
        LeadListAddress.Read(new Uri(new Uri("https://hub.example"), address), Kyiv);
}
