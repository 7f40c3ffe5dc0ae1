#pragma warning disable BL0006 // How many frames a card has is what memory depends on; nothing else tells it.
using System.Reflection;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Components.Boards;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>
/// A circuit keeps each component's frames in an array whose length is a power of two, from 32 on: a card with one frame more than
/// that takes twice the memory, and a board has a hundred cards.
/// </summary>
public sealed class CardWeightTests : ComponentTest
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly BoardCard Usual = new(
        Guid.NewGuid(),
        10_001,
        "Олена Коваль",
        Guid.NewGuid(),
        "Тарас",
        null,
        Guid.NewGuid(),
        LeadStatus.New,
        At,
        "UAE",
        100_000,
        200_000,
        "USD",
        Attention.None,
        IsArchived: false,
        At,
        IsParked: false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        TagCount: 0
    );

    [Fact]
    public void AUsualCard_FitsIntoSixtyFourFrames_WithoutComponentsOfItsOwn()
    {
        var card = Render<BoardCardView>(parameters =>
            parameters
                .Add(it => it.Card, Usual)
                .Add(it => it.Mark, CardMark.None)
                .Add(it => it.ShowsAgent, true)
                .Add(it => it.IsQuiet, true)
                .Add(it => it.OnDragStart, _ => { })
                .Add(it => it.OnMenu, _ => { })
        );

        using var builder = new RenderTreeBuilder();
        typeof(BoardCardView)
            .GetMethod("BuildRenderTree", BindingFlags.Instance | BindingFlags.NonPublic)!
            .Invoke(card.Instance, [builder]);
        var frames = builder.GetFrames();

        Assert.InRange(frames.Count, 33, 64);
        Assert.DoesNotContain(
            frames.Array.Take(frames.Count),
            frame => frame.FrameType is RenderTreeFrameType.Component
        );
    }
}
