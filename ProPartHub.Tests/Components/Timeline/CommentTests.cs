using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Timeline;
using Xunit;

namespace ProPartHub.Tests.Components.Timeline;

public sealed class CommentTests : LeadComponentTest
{
    [Fact]
    public async Task OwnComment_IsEditedInPlace()
    {
        var lead = await CommentedAsync(Bed.Olena, "перша думка");
        var timeline = Open(Bed.Olena, lead);

        await timeline.InvokeAsync(() => Button(timeline, "Редагувати").Click());
        timeline.WaitForElement(".comment-edit textarea");
        await timeline.InvokeAsync(() => timeline.Find(".comment-edit textarea").Input("друга думка"));
        await timeline.InvokeAsync(() => timeline.Find(".comment-edit").Submit());

        timeline.WaitForAssertion(() => Assert.Equal("друга думка", timeline.Find(".comment-text").TextContent));
        Assert.Contains("змінено", timeline.Find(".entry header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnComment_IsDeletedAtOnce_AndComesBackByUndo()
    {
        var lead = await CommentedAsync(Bed.Olena, "зайве");
        var messages = Render<MudSnackbarProvider>();
        var timeline = Open(Bed.Olena, lead);

        await timeline.InvokeAsync(() => Button(timeline, "Видалити").Click());
        timeline.WaitForAssertion(() => Assert.Empty(timeline.FindAll(".comment-text")));
        Assert.Contains(
            "Коментар видалено",
            messages.WaitForElement(".mud-snackbar").TextContent,
            StringComparison.Ordinal
        );
        await messages.InvokeAsync(() => messages.Find(".mud-snackbar-content-action button").Click());

        timeline.WaitForAssertion(() => Assert.Equal("зайве", timeline.Find(".comment-text").TextContent));
    }

    [Fact]
    public async Task OwnDeletion_CanBeTakenBackAtItsEntry_WhileItIsTheLastWord()
    {
        // What the page takes for now.
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
        var lead = await CommentedAsync(Bed.Olena, "зайве");
        var id = await Bed.ReadAsync(db => db.Comments.Select(row => row.Id).SingleAsync());
        await Bed.Get<CommentService>().DeleteAsync(Bed.Olena, id, Token);
        Assert.Empty(BringBack(Open(Bed.Nina, lead)));
        var timeline = Open(Bed.Olena, lead);

        await timeline.InvokeAsync(() => Assert.Single(BringBack(timeline)).Click());

        timeline.WaitForAssertion(() => Assert.Equal("зайве", timeline.Find(".comment-text").TextContent));
        Assert.Empty(BringBack(timeline));
    }

    [Fact]
    public async Task Names_AreMarked_AndOnesOwnMore()
    {
        var lead = await CommentedAsync(Bed.Olena, "Питає @Ніна Коваль\nі @Тарас Вовк");

        var timeline = Open(Bed.Nina, lead);

        Assert.Equal("Питає @Ніна Коваль\nі @Тарас Вовк", timeline.Find(".comment-text").TextContent);
        Assert.Equal("@Ніна Коваль", Assert.Single(timeline.FindAll(".comment-name-own")).TextContent);
        // Who may not see the lead is named by nobody.
        Assert.Single(timeline.FindAll(".comment-name"));
    }

    [Fact]
    public async Task ChosenKinds_AreShownAlone_AlsoOnTheNextLead()
    {
        var lead = await CommentedAsync(Bed.Olena, "думка");
        var timeline = Open(Bed.Olena, lead);
        Assert.Equal(2, timeline.FindAll(".entry").Count);
        Assert.Single(timeline.FindAll(".entries-day"));

        await timeline.InvokeAsync(() => Chip(timeline, "Коментарі").Click());
        timeline.WaitForAssertion(() => Assert.Single(timeline.FindAll(".entry")));
        Assert.Equal("true", Chip(timeline, "Коментарі").GetAttribute("aria-pressed"));
        Assert.Single(Open(Bed.Olena, lead).FindAll(".entry"));

        await timeline.InvokeAsync(() => Chip(timeline, "Коментарі").Click());
        timeline.WaitForAssertion(() => Assert.Equal(2, timeline.FindAll(".entry").Count));
    }

    [Fact]
    public async Task ColleaguesComment_CanBeAnswered_ButNotChanged()
    {
        var lead = await CommentedAsync(Bed.Olena, "чи дзвонили?");
        var timeline = Open(Bed.Nina, lead);
        Assert.Equal(["Відповісти"], timeline.FindAll(".comment-action").Select(button => button.TextContent));

        await timeline.InvokeAsync(() => Button(timeline, "Відповісти").Click());
        Assert.Contains("чи дзвонили?", timeline.WaitForElement(".writer-quote").TextContent, StringComparison.Ordinal);
        await timeline.InvokeAsync(() => timeline.Find("#comment").Input("так"));
        await timeline.InvokeAsync(() => timeline.Find("form.writer").Submit());

        timeline.WaitForAssertion(() => Assert.Equal(2, timeline.FindAll(".comment-text").Count));
        Assert.Contains("чи дзвонили?", timeline.Find(".comment-quote").TextContent, StringComparison.Ordinal);
        timeline.WaitForAssertion(() => Assert.Empty(timeline.FindAll(".writer-quote")));
        Assert.Equal("", timeline.Find("#comment").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task TooLong_IsToldWithoutCutting_AndCannotBeSaved()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var timeline = Open(Bed.Olena, lead);
        var text = new string('я', 3001);

        await timeline.InvokeAsync(() => timeline.Find("#comment").Input(text));

        var fault = timeline.WaitForElement(".field-error").TextContent;
        Assert.Contains("Не більше ніж 3", fault, StringComparison.Ordinal);
        Assert.Equal(text, timeline.Find("#comment").GetAttribute("value"));
        Assert.True(timeline.Find("form.writer button[type=submit]").HasAttribute("disabled"));
        await timeline.InvokeAsync(() => timeline.Find("#comment").Input(text[1..]));
        timeline.WaitForAssertion(() => Assert.Empty(timeline.FindAll(".field-error")));
        Assert.False(timeline.Find("form.writer button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task GoneMeanwhile_IsTold_AndWhatWasTypedStays()
    {
        var lead = await CommentedAsync(Bed.Olena, "незабаром зникне");
        var timeline = Open(Bed.Olena, lead);
        await timeline.InvokeAsync(() => Button(timeline, "Редагувати").Click());
        var page = await Bed.Get<TimelineQueries>().PageAsync(Bed.Olena, lead, TimelineKinds.Comments, null, 50, Token);
        await Bed.Get<CommentService>().DeleteAsync(Bed.Ada, page.Entries[0].Comment!.Id, Token);

        timeline.WaitForElement(".comment-edit textarea");
        await timeline.InvokeAsync(() => timeline.Find(".comment-edit textarea").Input("моє виправлення"));
        await timeline.InvokeAsync(() => timeline.Find(".comment-edit").Submit());

        timeline.WaitForElement(".comment-fault");
        Assert.Equal("моє виправлення", timeline.Find(".comment-edit textarea").GetAttribute("value"));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("'; DROP TABLE comments; --")]
    [InlineData("👋🏽 שלום")]
    public async Task AnyText_IsShownAsText(string text)
    {
        var lead = await CommentedAsync(Bed.Olena, text);

        var timeline = Open(Bed.Olena, lead);

        Assert.Equal(text, timeline.Find(".comment-text").TextContent);
        Assert.Empty(timeline.FindAll("img"));
    }

    private async Task<Guid> CommentedAsync(Actor author, string text)
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        await Bed.Get<CommentService>().AddAsync(author, Guid.CreateVersion7(), lead, text, null, Token);
        return lead;
    }

    private IRenderedComponent<LeadTimeline> Open(Actor actor, Guid lead)
    {
        SignIn(actor);
        var timeline = Render<LeadTimeline>(parameters =>
            parameters
                .Add(component => component.LeadId, lead)
                .Add(component => component.Actor, actor)
                .Add(component => component.Stages, [])
        );
        timeline.WaitForElement(".entry");
        return timeline;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<LeadTimeline> timeline, string text) =>
        timeline.FindAll(".comment-action").Single(button => button.TextContent == text);

    private static AngleSharp.Dom.IElement Chip(IRenderedComponent<LeadTimeline> timeline, string text) =>
        timeline.FindAll(".kinds .chip").Single(button => button.TextContent.Trim() == text);

    private static IReadOnlyList<AngleSharp.Dom.IElement> BringBack(IRenderedComponent<LeadTimeline> timeline) =>
        [.. timeline.FindAll(".entry-restore").Where(button => button.TextContent == "Повернути коментар")];
}
