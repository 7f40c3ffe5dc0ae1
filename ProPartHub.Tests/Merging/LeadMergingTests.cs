using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using Xunit;

namespace ProPartHub.Tests.Merging;

/// <summary>Two leads become one: everything moves, once, under locks, and comes back exactly while nobody touched it.</summary>
public sealed class LeadMergingTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadMergings Mergings => _bed.Get<LeadMergings>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Merge_MovesWhatHangsOnTheLead_AndArchivesIt()
    {
        var (survivor, loser) = await TwoAsync();

        Assert.True(await _bed.MergeAsync(_bed.Olena, survivor, loser));

        var (kept, gone) = (await _bed.LoadAsync(survivor), await _bed.LoadAsync(loser));
        Assert.Equal((survivor, _bed.Time.GetUtcNow()), (gone.MergedIntoId, gone.ArchivedAt));
        // The newer of two values, the only one of one, and no phone is lost.
        Assert.Equal(("Марія 2", "Оман"), (kept.ClientName, kept.Country));
        Assert.Equal((HubBed.Input(2).Phone, HubBed.Input(1).Phone), (kept.Phone, kept.SecondPhone));
        await _bed.ReadAsync(async db =>
        {
            Assert.Equal(2, await db.Comments.CountAsync(row => row.LeadId == survivor, Token));
            Assert.Equal(2, await db.FollowUps.CountAsync(row => row.LeadId == survivor, Token));
            Assert.Equal(2, await db.LeadTags.CountAsync(row => row.LeadId == survivor, Token));
            // The call that stood in both timelines stands in one once.
            Assert.Equal(3, await db.Activities.CountAsync(row => row.LeadId == survivor, Token));
            Assert.Equal(1, await db.Activities.CountAsync(row => row.LeadId == loser, Token));
            Assert.Equal(1, await db.LeadEvents.CountAsync(row => row.Kind == LeadEventKind.Merged, Token));
            Assert.Equal(2, await db.Outbox.CountAsync(row => row.Kind == OutboxKind.Lead, Token));
            var said = await db.LeadEvents.SingleAsync(row => row.Kind == LeadEventKind.MergedIn, Token);
            Assert.Equal((survivor, $"L-{gone.Number}"), (said.LeadId, said.Changes.Single().After));
            return true;
        });
    }

    [Fact]
    public async Task MergeAndUndo_LeaveEveryTableAsItWas()
    {
        var (survivor, loser) = await TwoAsync();
        await _bed.Get<LeadService>()
            .RecordConsentAsync(
                _bed.Olena,
                loser,
                new ConsentInput(ConsentState.NotRecorded, null),
                new ConsentInput(ConsentState.Withdrawn, "листом"),
                false,
                Token
            );
        await AskedByJamesAsync(loser);
        var before = await _bed.RowsAsync();

        await _bed.MergeAsync(_bed.Olena, survivor, loser);
        Assert.Equal(ConsentState.Withdrawn, LeadConsent.Of(await _bed.LoadAsync(survivor)).State);
        Assert.Equal(
            survivor,
            await _bed.ReadAsync(db => db.ClaimRequests.Select(row => row.LeadId).SingleAsync(Token))
        );
        Assert.NotEqual(before, await _bed.RowsAsync());
        _bed.Time.Advance(LeadMerging.UndoWindow - TimeSpan.FromSeconds(1));
        await Mergings.UndoAsync(_bed.Olena, loser, Token);

        Assert.Equal(before, await _bed.RowsAsync());
        Assert.Equal(
            2,
            await _bed.ReadAsync(db => db.LeadEvents.CountAsync(row => row.Kind == LeadEventKind.MergeUndone, Token))
        );
    }

    [Fact]
    public async Task Undo_AfterADay_OrAfterAChange_IsRefused()
    {
        var (survivor, loser) = await TwoAsync();
        await _bed.MergeAsync(_bed.Olena, survivor, loser);
        await _bed.CommentAsync(_bed.Olena, survivor);
        Assert.Null(await UndoUntilAsync(survivor));
        await AssertRefusedAsync(FieldErrorCode.MergeStands, () => Mergings.UndoAsync(_bed.Olena, loser, Token));

        var (third, fourth) = (await _bed.ClientAsync(_bed.Taras, 3), await _bed.ClientAsync(_bed.Taras, 4));
        await _bed.MergeAsync(_bed.Taras, third, fourth);
        Assert.Equal(_bed.Time.GetUtcNow() + LeadMerging.UndoWindow, await UndoUntilAsync(third));
        _bed.Time.Advance(LeadMerging.UndoWindow);
        Assert.Null(await UndoUntilAsync(third));
        await AssertRefusedAsync(FieldErrorCode.MergeStands, () => Mergings.UndoAsync(_bed.Taras, fourth, Token));
    }

    [Fact]
    public async Task Undo_AfterTheClientWasRegisteredAnew_IsRefused()
    {
        var (survivor, loser) = await TwoAsync();
        var order = await _bed.OrderAsync(survivor, loser);
        var own = new Dictionary<LeadField, string?>();
        Assert.True(await Mergings.MergeAsync(_bed.Olena, order with { Values = own }, Token));
        await _bed.LeadAsync(_bed.James, 2);

        await AssertRefusedAsync(FieldErrorCode.DuplicateForeign, () => Mergings.UndoAsync(_bed.Olena, loser, Token));
    }

    [Fact]
    public async Task CrossingMerges_EndInOne()
    {
        var (one, other) = await TwoAsync();
        var (there, back) = (await _bed.OrderAsync(one, other), await _bed.OrderAsync(other, one));

        var ends = await Task.WhenAll(TryAsync(there), TryAsync(back));

        Assert.Single(ends, end => end);
        Assert.Equal(1, await _bed.ReadAsync(db => db.LeadMergings.CountAsync(Token)));
        Assert.Equal(1, await _bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.MergedIntoId != null, Token)));

        async Task<bool> TryAsync(MergeOrder order)
        {
            try
            {
                return await Mergings.MergeAsync(_bed.Olena, order, Token);
            }
            catch (LeadMergedException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task WhatChangedSinceItWasSeen_IsNotMerged()
    {
        var (survivor, loser) = await TwoAsync();
        var order = await _bed.OrderAsync(survivor, loser);
        await EditAsync(loser, input => input with { Company = "Хвиля" });

        Assert.False(await Mergings.MergeAsync(_bed.Olena, order, Token));

        Assert.Null((await _bed.LoadAsync(loser)).MergedIntoId);
    }

    [Fact]
    public async Task EditorsOfAMergedLead_AreRefused()
    {
        var (survivor, loser) = await TwoAsync();
        var comment = await _bed.ReadAsync(db => db.Comments.Where(row => row.LeadId == loser).SingleAsync(Token));
        await _bed.MergeAsync(_bed.Olena, survivor, loser);

        await Assert.ThrowsAsync<LeadMergedException>(() =>
            EditAsync(loser, input => input with { Company = "Хвиля" })
        );
        await Assert.ThrowsAsync<LeadMergedException>(() => _bed.CommentAsync(_bed.Olena, loser));
        await Assert.ThrowsAsync<LeadMergedException>(() =>
            _bed.Get<LeadService>().RestoreAsync(_bed.Olena, loser, Token)
        );
        // A comment that moved is edited where it stands now.
        await _bed.Get<CommentService>().EditAsync(_bed.Olena, comment.Id, "Нове", Token);
        var moved = await _bed.ReadAsync(db => db.Comments.SingleAsync(row => row.Id == comment.Id, Token));
        Assert.Equal((survivor, "Нове"), (moved.LeadId, moved.Body));
    }

    [Fact]
    public async Task OnlyOwnValues_ThatGoTogether_AreTaken()
    {
        var (survivor, loser) = await TwoAsync();
        var order = await _bed.OrderAsync(survivor, loser);

        await AssertRefusedAsync(FieldErrorCode.UnknownOption, () => With(LeadField.Company, "чуже"));
        await AssertRefusedAsync(FieldErrorCode.UnknownOption, () => With(LeadField.Agent, null));
        await AssertRefusedAsync(
            FieldErrorCode.SamePhoneTwice,
            () => With(LeadField.SecondPhone, order.Values[LeadField.Phone])
        );
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, loser, Token);
        await AssertRefusedAsync(FieldErrorCode.NotMergeable, () => Mergings.MergeAsync(_bed.Olena, order, Token));

        Task With(LeadField field, string? value) =>
            Mergings.MergeAsync(
                _bed.Olena,
                order with
                {
                    Values = new Dictionary<LeadField, string?>(order.Values) { [field] = value },
                },
                Token
            );
    }

    [Fact]
    public async Task SharedPhone_IsSettledByMerging()
    {
        var first = (await _bed.LeadAsync(_bed.Taras, 1)).Id;
        _bed.Time.Advance(TimeSpan.FromDays(91));
        var second = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(first)).Attention);

        await _bed.MergeAsync(_bed.Nina, second, first);

        Assert.Equal(Attention.None, (await _bed.LoadAsync(second)).Attention);
        Assert.Equal(Attention.None, (await _bed.LoadAsync(first)).Attention);
        await Mergings.UndoAsync(_bed.Nina, first, Token);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(second)).Attention);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(first)).Attention);
    }

    private async Task<(Guid Survivor, Guid Loser)> TwoAsync()
    {
        var survivor = await _bed.ClientAsync(_bed.Olena, 1, input => input with { Country = "Оман" });
        _bed.Time.Advance(TimeSpan.FromHours(1));
        var loser = await _bed.ClientAsync(_bed.Olena, 2);
        await _bed.FillAsync(_bed.Olena, survivor, "перша");
        await _bed.FillAsync(_bed.Olena, loser, "друга");
        return (survivor, loser);
    }

    private Task AskedByJamesAsync(Guid leadId) =>
        _bed.Get<Domain.Data.HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.ClaimRequests.Add(
                        new ClaimRequest
                        {
                            LeadId = leadId,
                            AskedById = _bed.James.UserId,
                            Phone = HubBed.Input(2).Phone!,
                            AskedAt = _bed.Time.GetUtcNow(),
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );

    private async Task<DateTimeOffset?> UndoUntilAsync(Guid survivor) =>
        (await _bed.Get<SameClientQueries>().OfAsync(_bed.Ada, survivor, Token)).Absorbed.Single().UndoUntil;

    private async Task EditAsync(Guid leadId, Func<LeadInput, LeadInput> change)
    {
        var opened = LeadInput.From(await _bed.LoadAsync(leadId));
        await _bed.Get<LeadService>()
            .EditAsync(_bed.Olena, leadId, opened, change(opened), new HashSet<LeadField>(), Token);
    }

    private static async Task AssertRefusedAsync(string code, Func<Task> act) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<InvalidInputException>(act)).Errors[0].Code);
}
