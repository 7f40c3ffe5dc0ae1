using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Views;

/// <summary>Who finds, shares and changes which saved view.</summary>
public sealed class SavedViewsTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SavedViews Views => _bed.Get<SavedViews>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task SharedViews_AreFoundByThoseTheyAreSharedWith_AndByNobodyElse()
    {
        await SaveAsync(_bed.Nina, "Своя");
        await SaveAsync(_bed.Nina, "Командна", ViewSharing.Team);
        await SaveAsync(_bed.Ada, "Для всіх", ViewSharing.All);

        Assert.Equal(["Своя", "Командна", "Для всіх"], await NamesAsync(_bed.Nina));
        Assert.Equal(["Для всіх", "Командна"], await NamesAsync(_bed.Olena));
        Assert.Equal(["Для всіх"], await NamesAsync(_bed.James));
        Assert.Equal(["Для всіх"], await NamesAsync(_bed.Ada));
        Assert.Empty(await Views.ListAsync(_bed.Nina, ViewPage.List, Token));
    }

    [Fact]
    public async Task Sharing_IsForThoseWhoLead()
    {
        await Assert.ThrowsAsync<ForbiddenException>(() => SaveAsync(_bed.Olena, "А", ViewSharing.Team));
        await Assert.ThrowsAsync<ForbiddenException>(() => SaveAsync(_bed.Nina, "Б", ViewSharing.All));
        var own = await SaveAsync(_bed.Olena, "В");
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Views.RenameAsync(_bed.Olena, own, "В", ViewSharing.All, Token)
        );
    }

    [Fact]
    public async Task OnlyTheOwner_ChangesAView_AndAnAdminWhatStandsInOthersMenus()
    {
        var own = await SaveAsync(_bed.Nina, "Своя");
        var team = await SaveAsync(_bed.Nina, "Командна", ViewSharing.Team);

        foreach (var stranger in new[] { _bed.Olena, _bed.Mark, _bed.James })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => Views.DeleteAsync(stranger, team, Token));
            await Assert.ThrowsAsync<NotFoundException>(() => Views.SetAddressAsync(stranger, team, "?q=x", Token));
        }

        await Assert.ThrowsAsync<NotFoundException>(() => Views.DeleteAsync(_bed.Ada, own, Token));
        await Views.RenameAsync(_bed.Ada, team, "Нова назва", ViewSharing.Team, Token);
        Assert.Equal(["Нова назва"], await NamesAsync(_bed.Olena));
        await Views.DeleteAsync(_bed.Ada, team, Token);
        Assert.Empty(await NamesAsync(_bed.Olena));
    }

    [Fact]
    public async Task Name_IsTakenOnce_AndFreeAgainAfterDeletion()
    {
        var first = await SaveAsync(_bed.Olena, " Гарячі ");
        await RefusedAsync(FieldErrorCode.NameTaken, () => SaveAsync(_bed.Olena, "Гарячі"));
        await SaveAsync(_bed.Taras, "Гарячі");
        await Views.DeleteAsync(_bed.Olena, first, Token);
        await SaveAsync(_bed.Olena, "Гарячі");

        await RefusedAsync(FieldErrorCode.NameTaken, () => Views.RestoreAsync(_bed.Olena, first, Token));
    }

    [Theory]
    [InlineData("", "", FieldErrorCode.Required)]
    [InlineData("  \n ", "", FieldErrorCode.Required)]
    [InlineData("а\u0000б", "", FieldErrorCode.UnreadableText)]
    [InlineData("Назва", "https://elsewhere.example", FieldErrorCode.UnreadableText)]
    [InlineData("Назва", "/admin", FieldErrorCode.UnreadableText)]
    public async Task WhatIsNoNameOrAddress_IsRefused(string name, string address, string code) =>
        await RefusedAsync(
            code,
            () =>
                Views.SaveAsync(
                    _bed.Olena,
                    Guid.CreateVersion7(),
                    ViewPage.Board,
                    name,
                    address,
                    ViewSharing.Nobody,
                    Token
                )
        );

    [Fact]
    public async Task Limit_IsForEachPersonAndPage()
    {
        for (var number = 0; number < SavedView.MostOfAPerson; number++)
        {
            await SaveAsync(_bed.Olena, $"Вигляд {number}");
        }

        await RefusedAsync(FieldErrorCode.TooMany, () => SaveAsync(_bed.Olena, "Зайвий"));
        await SaveAsync(_bed.Taras, "Не зайвий");
    }

    [Fact]
    public async Task RepeatedSave_SavesOneView()
    {
        var id = await SaveAsync(_bed.Olena, "Гарячі");

        await Views.SaveAsync(_bed.Olena, id, ViewPage.Board, "Гарячі", "", ViewSharing.Nobody, Token);

        Assert.Single(await NamesAsync(_bed.Olena));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Views.SaveAsync(_bed.Taras, id, ViewPage.Board, "Чужий", "", ViewSharing.Nobody, Token)
        );
    }

    [Fact]
    public async Task Start_IsEachPersonsOwn_AndEndsWithTheSharing()
    {
        var team = await SaveAsync(_bed.Nina, "Командна", ViewSharing.Team);
        var own = await SaveAsync(_bed.Olena, "Своя");
        await Views.SetStartAsync(_bed.Olena, ViewPage.Board, own, Token);
        await Views.SetStartAsync(_bed.Olena, ViewPage.Board, team, Token);

        Assert.Equal(team, (await StartAsync(_bed.Olena))?.Id);
        Assert.Null(await StartAsync(_bed.Taras));
        Assert.Null(await Views.StartAsync(_bed.Olena, ViewPage.List, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Views.SetStartAsync(_bed.James, ViewPage.Board, team, Token));

        await Views.RenameAsync(_bed.Nina, team, "Командна", ViewSharing.Nobody, Token);
        Assert.Null(await StartAsync(_bed.Olena));
        await Views.SetStartAsync(_bed.Olena, ViewPage.Board, null, Token);
        await Views.SetStartAsync(_bed.Olena, ViewPage.Board, null, Token);
    }

    [Fact]
    public async Task Order_IsTheOwners_AndDeletionIsTakenBackToItsPlace()
    {
        await SaveAsync(_bed.Olena, "Перший");
        var second = await SaveAsync(_bed.Olena, "Другий");
        await SaveAsync(_bed.Olena, "Третій");

        await Views.MoveUpAsync(_bed.Olena, second, Token);
        await Views.MoveUpAsync(_bed.Olena, second, Token);
        Assert.Equal(["Другий", "Перший", "Третій"], await NamesAsync(_bed.Olena));

        await Views.DeleteAsync(_bed.Olena, second, Token);
        Assert.Equal(["Перший", "Третій"], await NamesAsync(_bed.Olena));
        await Views.RestoreAsync(_bed.Olena, second, Token);
        Assert.Equal(["Другий", "Перший", "Третій"], await NamesAsync(_bed.Olena));
    }

    [Fact]
    public async Task DeletedView_IsForgottenAfterADay_WithTheNextOneSaved()
    {
        var view = await SaveAsync(_bed.Olena, "Старий");
        await Views.DeleteAsync(_bed.Olena, view, Token);
        _bed.Time.Advance(SavedViews.KeepDeleted + TimeSpan.FromSeconds(1));

        await SaveAsync(_bed.Olena, "Новий");

        await Assert.ThrowsAsync<NotFoundException>(() => Views.RestoreAsync(_bed.Olena, view, Token));
    }

    [Fact]
    public async Task EveryChange_IsRecorded()
    {
        var view = await SaveAsync(_bed.Nina, "Командна", ViewSharing.Team);
        await Views.SetAddressAsync(_bed.Nina, view, "?q=x", Token);
        await Views.RenameAsync(_bed.Nina, view, "Інша", ViewSharing.Nobody, Token);
        await Views.SetStartAsync(_bed.Nina, ViewPage.Board, view, Token);
        await Views.DeleteAsync(_bed.Nina, view, Token);
        await Views.RestoreAsync(_bed.Nina, view, Token);

        var events = await _bed.ReadAsync(db =>
            db.SecurityEvents.Where(entry => entry.Kind == SecurityEventKind.SavedViewChanged)
                .OrderBy(entry => entry.Id)
                .ToListAsync()
        );
        Assert.Equal(
            ["saved", "address", "renamed", "start", "deleted", "restored"],
            events.Select(entry => entry.Details["act"])
        );
        Assert.Equal("Командна (Team)", events[2].Details["before"]);
        Assert.All(events, entry => Assert.Equal(_bed.Nina.UserId, entry.ActorId));
    }

    private async Task<Guid> SaveAsync(Actor actor, string name, ViewSharing sharing = ViewSharing.Nobody)
    {
        var id = Guid.CreateVersion7();
        await Views.SaveAsync(actor, id, ViewPage.Board, name, "?country=Оман", sharing, Token);
        return id;
    }

    private async Task<IEnumerable<string>> NamesAsync(Actor actor) =>
        (await Views.ListAsync(actor, ViewPage.Board, Token)).Select(view => view.Name);

    private Task<ViewItem?> StartAsync(Actor actor) => Views.StartAsync(actor, ViewPage.Board, Token);

    private static async Task RefusedAsync(string code, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(act);
        Assert.Equal(code, refusal.Errors[0].Code);
    }
}
