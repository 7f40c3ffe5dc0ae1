using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Opening a page costs a fixed number of SQL commands, however much it shows.</summary>
public sealed class PageLoadTests : LeadComponentTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task List(int leads)
    {
        await SeedAsync(leads);
        SignIn(Bed.Nina);

        // The reader's columns; the first view; rows, count and tags; the views; the reader's acts. Stages, people and tags for
        // the filters and the tags that a manager may change are kept for all pages.
        await AssertCommandsAsync<LeadListPage>(7, "tr.row");
    }

    // The first view; figures, cards, budgets in another currency; the views. Stages, what is quiet, people and tags are kept
    // for all pages. By agent the columns are people, and one command less is needed.
    [Theory]
    [InlineData("/board", 5, 1)]
    [InlineData("/board", 5, 40)]
    [InlineData("/board?by=agent", 4, 1)]
    [InlineData("/board?by=agent", 4, 40)]
    [InlineData("/board?by=followup", 5, 1)]
    [InlineData("/board?by=followup", 5, 40)]
    public async Task Board(string address, int commands, int leads)
    {
        foreach (var lead in await SeedAsync(leads))
        {
            var due = Bed.Time.GetUtcNow().AddDays(1);
            await Bed.Get<CommentService>().AddAsync(Bed.Nina, Guid.CreateVersion7(), lead, "Коментар", null, Token);
            await Bed.Get<FollowUpService>()
                .AddAsync(Bed.Nina, Guid.CreateVersion7(), lead, new("Справа", null, due), Token);
        }

        SignIn(Bed.Nina);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        await AssertCommandsAsync<BoardPage>(commands, ".card");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Detail(int comments)
    {
        var lead = (await SeedAsync(1))[0];
        await WantAsync(lead);
        var followUps = Bed.Get<FollowUpService>();
        for (var number = 0; number < comments; number++)
        {
            // Entries of one instant are never torn apart: of many, more than a page would be read.
            Bed.Time.Advance(TimeSpan.FromMinutes(1));
            await Bed.Get<CommentService>()
                .AddAsync(Bed.Olena, Guid.CreateVersion7(), lead, $"Коментар {number}", null, Token);
            if (number % 4 == 0)
            {
                var (id, due) = (Guid.CreateVersion7(), Bed.Time.GetUtcNow().AddDays(1));
                await followUps.AddAsync(Bed.Olena, id, lead, new($"Справа {number}", null, due), Token);
                await followUps.SetDoneAsync(Bed.Olena, id, isDone: number % 8 == 0, Token);
            }
        }

        SignIn(Bed.Olena);

        // The lead, its sync state, what waits; the right to the follow-ups and they; the right to the timeline,
        // four kinds of entry; the client’s protection and its tags; the marks of the client, other leads with
        // them, merged ones; what the client wants and the properties that fit; the right to
        // the documents and they.
        await AssertCommandsAsync<LeadDetailPage>(19, ".entry", page => page.Add(detail => detail.Id, lead));
    }

    // What is above and, on both sides of the lead, a row from an index; of a board also the lead as a card.
    [Theory]
    [InlineData("/leads?sort=-updated", 21, 3)]
    [InlineData("/leads?sort=-updated", 21, 40)]
    [InlineData("/board?by=followup", 22, 3)]
    [InlineData("/board?by=followup", 22, 40)]
    public async Task Detail_FromAListOrBoard(string from, int commands, int leads)
    {
        var lead = (await SeedAsync(leads))[1];
        await WantAsync(lead);
        SignIn(Bed.Nina);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/leads/{lead}?from={Uri.EscapeDataString(from)}");

        await AssertCommandsAsync<LeadDetailPage>(commands, ".neighbours", page => page.Add(detail => detail.Id, lead));
    }

    // A client who wants something in Dubai, where there is much.
    private async Task WantAsync(Guid lead)
    {
        var opened = LeadInput.From(await Bed.LoadAsync(lead));
        await Bed.Get<LeadService>()
            .EditAsync(Bed.Nina, lead, opened, opened with { Country = "Дубай" }, new HashSet<LeadField>(), Token);
        for (var number = 0; number < 12; number++)
        {
            await Bed.OfferAsync();
        }
    }

    private async Task<IReadOnlyList<Guid>> SeedAsync(int leads)
    {
        var ids = new List<Guid>();
        for (var number = 0; number < leads; number++)
        {
            var lead = await Bed.LeadAsync(number % 2 == 0 ? Bed.Olena : Bed.Taras, number);
            await Bed.Get<LeadService>()
                .MoveAsync(Bed.Nina, lead.Id, await Bed.StageAsync((LeadStatus)(1 + (number % 3))), null, Token);
            ids.Add(lead.Id);
        }

        return ids;
    }

    private async Task AssertCommandsAsync<TPage>(
        int expected,
        string loaded,
        Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null
    )
        where TPage : IComponent
    {
        await Bed.KeepSharedAsync();
        Bed.Sql.Reset();
        var page = Render<TPage>(builder => parameters?.Invoke(builder));
        await page.WaitForElementAsync(loaded);
        await Eventually.IsAsync(() => Bed.Sql.Commands.Count >= expected, Token);

        // All that is wanted was read; give what is not the time to show.
        for (var seen = -1; seen != Bed.Sql.Commands.Count; await Task.Delay(200, Token))
        {
            seen = Bed.Sql.Commands.Count;
        }

        Assert.True(
            expected == Bed.Sql.Commands.Count,
            $"{Bed.Sql.Commands.Count} commands:\n{string.Join("\n\n", Bed.Sql.Commands)}"
        );
    }
}
