using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.FollowUps;

/// <summary>Follow-ups are the lead's: whoever sees it may change them, nobody else learns of them, nothing is lost.</summary>
public sealed class FollowUpServiceTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FollowUpService Service => _bed.Get<FollowUpService>();

    private DateTimeOffset Tomorrow => _bed.Time.GetUtcNow().AddDays(1);

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Added_IsOpen_IsToldAndWaitsForHubSpot_OnceHoweverOftenSent()
    {
        var id = Guid.CreateVersion7();
        for (var times = 0; times < 2; times++)
        {
            await Service.AddAsync(_bed.Olena, id, _lead, new("  Зателефонувати\nзранку ", " ", Tomorrow), Token);
        }

        var open = Assert.Single(await OpenAsync(_bed.Olena));
        Assert.Equal(
            (id, "Зателефонувати зранку", null, Tomorrow, true),
            (open.Id, open.Title, open.Details, open.DueAt, open.IsWaitingForHubSpot)
        );
        var told = Assert.Single(await EventsAsync(), entry => entry.Kind is LeadEventKind.FollowUpAdded);
        Assert.Equal(id, told.SubjectId);
        Assert.Equal(
            [
                new(FollowUpFields.Title, null, "Зателефонувати зранку"),
                new(FollowUpFields.Due, null, "2026-03-03T09:00:00Z"),
            ],
            told.Changes
        );
        Assert.Equal(1, await MarksAsync(id));
    }

    [Fact]
    public async Task SoonestDue_StandsFirst()
    {
        await AddAsync("Пізніше", Tomorrow.AddDays(1));
        await AddAsync("Раніше", Tomorrow);

        Assert.Equal(["Раніше", "Пізніше"], (await OpenAsync(_bed.Olena)).Select(row => row.Title));
    }

    [Theory]
    [InlineData("", null, 60, FollowUpFields.Title, FieldErrorCode.Required)]
    [InlineData("\u0000", null, 60, FollowUpFields.Title, FieldErrorCode.UnreadableText)]
    [InlineData("Так", "\u0001", 60, FollowUpFields.Details, FieldErrorCode.UnreadableText)]
    [InlineData("Так", null, null, FollowUpFields.Due, FieldErrorCode.Required)]
    [InlineData("Так", null, -2, FollowUpFields.Due, FieldErrorCode.InThePast)]
    [InlineData("Так", null, 60 * 24 * 366 * 10, FollowUpFields.Due, FieldErrorCode.TooFarAhead)]
    public async Task WhatBreaksARule_IsRefusedAtItsField(
        string title,
        string? details,
        int? minutes,
        string field,
        string code
    )
    {
        DateTimeOffset? due = minutes is { } ahead ? _bed.Time.GetUtcNow().AddMinutes(ahead) : null;

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Service.AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead, new(title, details, due), Token)
        );

        var error = Assert.Single(refused.Errors);
        Assert.Equal((field, code), (error.Field, error.Code));
        Assert.Empty(await OpenAsync(_bed.Olena));
    }

    [Fact]
    public async Task TooLongTexts_AreRefused_AndTheLongestAreTaken()
    {
        var (title, details) = (new string('ї', FollowUp.TitleLength), new string('є', FollowUp.DetailsLength));
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Service.AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead, new(title + "ї", details + "є", Tomorrow), Token)
        );
        Assert.All(refused.Errors, error => Assert.Equal(FieldErrorCode.TooLong, error.Code));
        Assert.Equal(2, refused.Errors.Count);

        await Service.AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead, new(title, details, Tomorrow), Token);
        Assert.Equal(details, Assert.Single(await OpenAsync(_bed.Olena)).Details);
    }

    [Fact]
    public async Task Done_LeavesTheOpenOnes_StandsInTheTimeline_AndCanBeOpenedAgain()
    {
        var id = await AddAsync("Зателефонувати", Tomorrow);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        await Service.SetDoneAsync(_bed.Nina, id, isDone: true, Token);

        Assert.Empty(await OpenAsync(_bed.Olena));
        var entry = Assert.Single(await TimelineAsync(), entry => entry.FollowUp is not null);
        Assert.Equal((id, _bed.Time.GetUtcNow()), (entry.FollowUp!.Id, entry.At));
        var told = Assert.Single(await EventsAsync(), row => row.Kind is LeadEventKind.FollowUpDone);
        Assert.Equal(_bed.Nina.UserId, told.ActorId);

        await Service.SetDoneAsync(_bed.Olena, id, isDone: false, Token);
        await Service.SetDoneAsync(_bed.Olena, id, isDone: false, Token);
        Assert.Single(await OpenAsync(_bed.Olena));
        Assert.Single(await EventsAsync(), row => row.Kind is LeadEventKind.FollowUpReopened);
        Assert.DoesNotContain(await TimelineAsync(), row => row.FollowUp is not null);
    }

    [Fact]
    public async Task Deleted_IsGoneFromView_AndComesBackWhole()
    {
        var id = await AddAsync("Зателефонувати", Tomorrow);
        await Service.DeleteAsync(_bed.Olena, id, Token);
        Assert.Empty(await OpenAsync(_bed.Olena));
        await Assert.ThrowsAsync<NotFoundException>(() => Service.SetDoneAsync(_bed.Olena, id, true, Token));

        await Service.RestoreAsync(_bed.Olena, id, Token);
        await Service.RestoreAsync(_bed.Olena, id, Token);
        Assert.Equal("Зателефонувати", Assert.Single(await OpenAsync(_bed.Olena)).Title);
        Assert.Single(await EventsAsync(), row => row.Kind is LeadEventKind.FollowUpRestored);
    }

    [Fact]
    public async Task DifferentFields_MergeSilently()
    {
        var id = await AddAsync("Зателефонувати", Tomorrow);
        var opened = FollowUpInput.From(Assert.Single(await OpenAsync(_bed.Olena)));
        await EditAsync(_bed.Nina, id, opened, opened with { DueAt = Tomorrow.AddDays(2) });

        var result = await EditAsync(_bed.Olena, id, opened, opened with { Title = "Написати" });

        Assert.True(result.Saved);
        var now = Assert.Single(await OpenAsync(_bed.Olena));
        Assert.Equal(("Написати", Tomorrow.AddDays(2)), (now.Title, now.DueAt));
    }

    [Fact]
    public async Task SameField_IsAConflict_UntilThePersonDecides()
    {
        var id = await AddAsync("Зателефонувати", Tomorrow);
        var opened = FollowUpInput.From(Assert.Single(await OpenAsync(_bed.Olena)));
        await EditAsync(_bed.Nina, id, opened, opened with { Title = "Зустрітися" });

        var result = await EditAsync(_bed.Olena, id, opened, opened with { Title = "Написати" });
        Assert.False(result.Saved);
        Assert.Equal(
            new FieldChange(FollowUpFields.Title, "Зателефонувати", "Зустрітися"),
            Assert.Single(result.Conflicts)
        );
        Assert.Equal("Зустрітися", Assert.Single(await OpenAsync(_bed.Olena)).Title);

        await EditAsync(_bed.Olena, id, opened, opened with { Title = "Написати" }, overrule: true);
        Assert.Equal("Написати", Assert.Single(await OpenAsync(_bed.Olena)).Title);
        Assert.Contains(
            await EventsAsync(),
            row => row.Changes.Contains(new FieldChange(FollowUpFields.Title, "Зустрітися", "Написати"))
        );
    }

    [Fact]
    public async Task WhatIsPastAlready_CanStillBeReworded()
    {
        var id = await AddAsync("Зателефонувати", Tomorrow);
        var opened = FollowUpInput.From(Assert.Single(await OpenAsync(_bed.Olena)));
        _bed.Time.Advance(TimeSpan.FromDays(3));

        Assert.True((await EditAsync(_bed.Olena, id, opened, opened with { Title = "Написати" })).Saved);
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            EditAsync(_bed.Olena, id, opened, opened with { DueAt = Tomorrow.AddDays(-2) })
        );
    }

    [Fact]
    public async Task Strangers_LearnNothing_AndChangeNothing()
    {
        var id = await AddAsync("Зателефонувати", Tomorrow);
        var view = Assert.Single(await OpenAsync(_bed.Olena));
        foreach (var stranger in new[] { _bed.Taras, _bed.James, _bed.Mark })
        {
            Func<Task>[] acts =
            [
                () => OpenAsync(stranger),
                () => Service.AddAsync(stranger, Guid.CreateVersion7(), _lead, new("Чуже", null, Tomorrow), Token),
                () => EditAsync(stranger, id, FollowUpInput.From(view), new("Чуже", null, view.DueAt)),
                () => Service.SetDoneAsync(stranger, id, true, Token),
                () => Service.DeleteAsync(stranger, id, Token),
                () => Service.RestoreAsync(stranger, id, Token),
            ];
            foreach (var act in acts)
            {
                await Assert.ThrowsAsync<NotFoundException>(act);
            }
        }

        Assert.Equal(view, Assert.Single(await OpenAsync(_bed.Nina)));
        Assert.Equal(view, Assert.Single(await OpenAsync(_bed.Ada)));
    }

    private async Task<Guid> AddAsync(string title, DateTimeOffset due)
    {
        var id = Guid.CreateVersion7();
        await Service.AddAsync(_bed.Olena, id, _lead, new(title, null, due), Token);
        return id;
    }

    private Task<FollowUpEditResult> EditAsync(
        Actor actor,
        Guid id,
        FollowUpInput opened,
        FollowUpInput typed,
        bool overrule = false
    ) => Service.EditAsync(actor, id, opened, typed, overrule, Token);

    private Task<IReadOnlyList<FollowUpView>> OpenAsync(Actor actor) =>
        _bed.Get<FollowUpQueries>().OpenAsync(actor, _lead, Token);

    private async Task<IReadOnlyList<TimelineEntry>> TimelineAsync() =>
        (await _bed.Get<TimelineQueries>().PageAsync(_bed.Olena, _lead, TimelineKinds.All, null, 50, Token)).Entries;

    private Task<List<LeadEvent>> EventsAsync() => _bed.ReadAsync(db => db.LeadEvents.ToListAsync(Token));

    private Task<int> MarksAsync(Guid id) =>
        _bed.ReadAsync(db =>
            db.Outbox.CountAsync(row => row.Kind == OutboxKind.FollowUp && row.SubjectId == id, Token)
        );
}
