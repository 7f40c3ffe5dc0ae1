using Bunit;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Timeline;
using Xunit;

namespace ProPartHub.Tests.Components.Timeline;

/// <summary>Every field of a change has its way back, which asks where the value has changed since.</summary>
public sealed class RestoreFieldTests : LeadComponentTest
{
    [Fact]
    public async Task OneClick_TakesAFieldBack_AndTheNewEntryTakesItForth()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        await RenameAsync(Bed.Nina, lead, 1, "Інша назва");
        var timeline = Open(Bed.Olena, lead);
        Assert.Equal(
            "Повернути поле «Ім’я клієнта» до значення «Клієнт 1»",
            Restores(timeline)[0].GetAttribute("aria-label")
        );

        await ClickFirstAsync(timeline);

        timeline.WaitForAssertion(() => Assert.Equal(2, Restores(timeline).Count));
        Assert.Equal("Клієнт 1", (await Bed.LoadAsync(lead)).ClientName);
        await ClickFirstAsync(timeline);
        timeline.WaitForAssertion(() => Assert.Equal(3, Restores(timeline).Count));
        Assert.Equal("Інша назва", (await Bed.LoadAsync(lead)).ClientName);
    }

    [Fact]
    public async Task ChangedSince_IsAskedAbout_AndANoLeavesIt()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        await RenameAsync(Bed.Nina, lead, 1, "Друга назва");
        var timeline = Open(Bed.Olena, lead);
        var dialogs = RenderDialogs();
        await Bed.Get<LeadService>()
            .EditAsync(
                Bed.Nina,
                lead,
                Infrastructure.HubBed.Input(1) with
                {
                    ClientName = "Друга назва",
                },
                Infrastructure.HubBed.Input(1) with
                {
                    ClientName = "Третя назва",
                },
                new HashSet<LeadField>(),
                Token
            );

        await ClickFirstAsync(timeline);
        Assert.Equal(
            "Відтоді значення змінили: зараз «Третя назва». Поставити натомість «Клієнт 1»?",
            dialogs.WaitForElement(".dialog-text").TextContent
        );
        await AnswerAsync(dialogs, "Скасувати");
        timeline.WaitForAssertion(() => Assert.Equal(2, Restores(timeline).Count));
        Assert.Equal("Третя назва", (await Bed.LoadAsync(lead)).ClientName);

        await timeline.InvokeAsync(() => Restores(timeline)[^1].Click());
        dialogs.WaitForElement(".dialog-text");
        await AnswerAsync(dialogs, "Повернути");
        timeline.WaitForAssertion(() => Assert.Equal(3, Restores(timeline).Count));
        Assert.Equal("Клієнт 1", (await Bed.LoadAsync(lead)).ClientName);
    }

    [Fact]
    public async Task OldValueAgainstTheRules_IsSaid()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var opened = Infrastructure.HubBed.Input(1);
        await Bed.Get<LeadService>()
            .EditAsync(
                Bed.Olena,
                lead,
                opened,
                opened with
                {
                    Phone = "+380509999999",
                },
                new HashSet<LeadField>(),
                Token
            );
        await Bed.LeadAsync(Bed.Olena, 1, "Інший");
        var timeline = Open(Bed.Olena, lead);

        await ClickFirstAsync(timeline);

        Assert.NotEmpty(timeline.WaitForElement(".entries-fault[role=alert]").TextContent);
        Assert.Equal("+380509999999", (await Bed.LoadAsync(lead)).Phone);
    }

    [Fact]
    public async Task WhatIsNoChangeOfAField_HasNoWayBack()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        await Bed.Get<LeadService>().ArchiveAsync(Bed.Olena, lead, Token);
        await Bed.Get<LeadService>().TransferAsync(Bed.Nina, lead, Bed.Taras.UserId, "відпустка", Token);

        Assert.Empty(Restores(Open(Bed.Taras, lead)));
        Assert.Single(Restores(Open(Bed.Nina, lead)));
    }

    private static IReadOnlyList<AngleSharp.Dom.IElement> Restores(IRenderedComponent<LeadTimeline> timeline) =>
        timeline.FindAll(".entry-restore");

    private static Task ClickFirstAsync(IRenderedComponent<LeadTimeline> timeline) =>
        timeline.InvokeAsync(() => Restores(timeline)[0].Click());

    private static Task AnswerAsync(IRenderedComponent<MudDialogProvider> dialogs, string word) =>
        dialogs.InvokeAsync(() =>
            dialogs.FindAll("button").Single(button => button.TextContent.Trim() == word).Click()
        );

    private IRenderedComponent<LeadTimeline> Open(Actor actor, Guid lead)
    {
        SignIn(actor);
        var timeline = Render<LeadTimeline>(parameters =>
            parameters.Add(view => view.LeadId, lead).Add(view => view.Actor, actor).Add(view => view.Stages, [])
        );
        timeline.WaitForElement(".entry");
        return timeline;
    }
}
