using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Reports;
using Xunit;

namespace ProPartHub.Tests.Components.Reports;

/// <summary>Every number of every report leads to a list of just so many leads, whoever reads it and however it is grouped.</summary>
public sealed class ReportLinksTests : ReportComponentTest
{
    [Theory]
    [InlineData("agent", "")]
    [InlineData("team", "")]
    [InlineData("source", "")]
    [InlineData("country", "&from=2020-01-01")]
    public async Task EveryNumber_IsWhatItsListCounts(string grouping, string days)
    {
        await LiveAsync();
        foreach (var reader in new[] { Bed.Ada, Bed.Nina })
        {
            var page = Open(reader, $"?by={grouping}{days}");

            Assert.Equal(5, page.FindAll(".report-table").Count);
            Assert.All(
                page.FindAll(".report-table"),
                table => Assert.True(table.QuerySelectorAll("tbody td a").Length > 3, table.OuterHtml)
            );
            foreach (var link in page.FindAll(".report a[href^='/leads']"))
            {
                await AssertSameAsync(reader, link);
            }

            // Where no link is, nothing is counted: noughts, what has not passed yet, and shares of two numbers that have one.
            Assert.All(
                page.FindAll(".report-table tbody td").Where(cell => cell.QuerySelector("a") is null),
                cell =>
                    Assert.True(
                        cell.ClassList.Contains("nought")
                            || cell.TextContent.Contains('%', StringComparison.Ordinal)
                            || cell.TextContent.Trim() is "" or "—",
                        cell.OuterHtml
                    )
            );
        }
    }

    [Fact]
    public async Task ListOfANumber_HoldsOnlyWhatItsReaderMaySee()
    {
        await LiveAsync();
        var links = Open(Bed.Ada)
            .FindAll(".report-table a[href*='cell=']")
            .Select(link => link.GetAttribute("href")!)
            .Distinct()
            .ToList();
        Assert.True(links.Count > 15);

        foreach (var link in links)
        {
            var page = await Bed.Get<LeadQueries>().PageAsync(Bed.Olena, Behind(link) with { PageSize = 200 }, Token);
            Assert.All(page.Rows, row => Assert.Equal(Bed.Olena.UserId, row.AgentId));
        }
    }

    private async Task AssertSameAsync(Actor reader, IElement link)
    {
        var query = Behind(link.GetAttribute("href")!);
        var leads = Bed.Get<LeadQueries>();
        var count = (await leads.CountAsync(reader, query, Token)).Value;
        var text = (link.QuerySelector(".bars-value") ?? link).TextContent.Trim();
        if (int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var number))
        {
            Assert.True(number == count, $"{number} is shown, {count} are in {link.OuterHtml}");
            return;
        }

        Assert.NotEqual(0, count);
        if (text.StartsWith('$') && !link.ParentElement!.ClassList.Contains("report-main"))
        {
            var page = await leads.PageAsync(reader, query with { PageSize = LeadListQuery.MaxPageSize }, Token);
            var sum = page.Rows.Sum(row => row.BudgetTo ?? row.BudgetFrom ?? 0);
            Assert.Equal(text, Services.GetRequiredService<ReportWords>().Dollars(sum));
        }
    }
}
