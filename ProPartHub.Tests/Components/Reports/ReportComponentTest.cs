using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Reports;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Reports;
using ProPartHub.Web.Localization;

namespace ProPartHub.Tests.Components.Reports;

/// <summary>The page of reports over leads that have lived: answered soon and late, moved to and fro, won, lost, put away.</summary>
public abstract class ReportComponentTest : LeadComponentTest
{
    private static readonly IReadOnlyList<string> Countries = LeadOptions.For(LeadField.Country)!;
    private static readonly IReadOnlyList<string> Sources = LeadOptions.For(LeadField.Source)!;
    private int _number;

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Services.AddSingleton(Bed.Get<FunnelQueries>());
        Services.AddSingleton(Bed.Get<AnswerTimeQueries>());
        Services.AddSingleton(Bed.Get<StageTimeQueries>());
        Services.AddSingleton(Bed.Get<ForecastQueries>());
        Services.AddSingleton(Bed.Get<CohortQueries>());
        Services.AddScoped<ReportWords>();
        Bed.Time.SetUtcNow(Clock.GetUtcNow().AddDays(-260));
    }

    /// <summary>The page as a person sees it, all its reports read.</summary>
    protected IRenderedComponent<ReportsPage> Open(Actor actor, string query = "")
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/reports" + query);
        var page = Render<ReportsPage>();
        page.WaitForAssertion(() =>
        {
            Xunit.Assert.Equal(5, page.FindAll(".report").Count);
            Xunit.Assert.Equal(5, page.FindAll(".report .report-frame, .report .report-none").Count);
        });
        return page;
    }

    /// <summary>The leads under a link, as its reader's list finds them.</summary>
    protected LeadListQuery Behind(string address) =>
        LeadListAddress.Read(
            new Uri(new Uri("https://hub.example"), address),
            Services.GetRequiredService<AgencyTime>()
        );

    /// <summary>Leads of half a year, of both teams and the pool.</summary>
    protected async Task LiveAsync()
    {
        foreach (var round in Enumerable.Range(0, 4))
        {
            await LifeAsync(Bed.Olena, round, hours: 0.5, LeadStatus.Contacted, LeadStatus.Won);
            await LifeAsync(Bed.Olena, round, hours: 20, LeadStatus.Contacted, LeadStatus.Qualified, LeadStatus.Lost);
            await LifeAsync(Bed.Taras, round, hours: 50, LeadStatus.Contacted, LeadStatus.New, LeadStatus.Contacted);
            await LifeAsync(Bed.Taras, round, hours: 400, LeadStatus.Qualified, LeadStatus.New);
            await LifeAsync(Bed.James, round, hours: 3, LeadStatus.Contacted, LeadStatus.Won);
            await LifeAsync(Bed.James, round, hours: 1);
            await LifeAsync(null, round, hours: 1);
            Bed.Time.Advance(TimeSpan.FromDays(20));
        }

        var away = await LifeAsync(Bed.Olena, 0, hours: 0.2, LeadStatus.Contacted, LeadStatus.Won);
        await Bed.Get<LeadService>().ArchiveAsync(Bed.Ada, away, Token);
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
    }

    private async Task<Guid> LifeAsync(Actor? agent, int round, double hours, params LeadStatus[] moves)
    {
        var number = ++_number;
        var input = HubBed.Input(number) with
        {
            BudgetFrom = number % 4 == 0 ? null : 10_000 * number,
            Currency = number % 5 == 0 ? "EUR" : "USD",
            Country = number % 3 == 0 ? null : Countries[number % 3],
            Source = number % 2 == 0 ? null : Sources[round],
        };
        var lead = (await Bed.Get<LeadService>().CreateAsync(Bed.Ada, input, agent?.UserId, Token)).Id;
        foreach (var status in moves)
        {
            Bed.Time.Advance(TimeSpan.FromHours(hours));
            var reason = status is LeadStatus.Lost ? LeadOptions.For(LeadField.RefusalReason)![0] : null;
            await Bed.Get<LeadService>().MoveAsync(Bed.Ada, lead, await Bed.StageAsync(status), reason, Token);
        }

        if (agent is not null && moves.Length == 0 && round > 1)
        {
            Bed.Time.Advance(TimeSpan.FromHours(hours));
            await Bed.Get<CommentService>().AddAsync(agent, Guid.CreateVersion7(), lead, "Слово", null, Token);
        }

        return lead;
    }
}
