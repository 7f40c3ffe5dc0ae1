using System.Globalization;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>A browser that takes no more, in a train or asleep: it costs the others nothing and the server a bounded memory.</summary>
public sealed class SlowClientTests
{
    private const int Changes = 40;

    // As the portal is set: so many batches wait for a browser at most.
    private const int Buffered = 10;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrowserThatTakesNoMore_IsSentNoMore_OthersSeeEverything_AndItCatchesUpWithTheNewest()
    {
        await using var bed = await CircuitBed.StartAsync();
        var lead = await bed.LeadAsync(1);
        var (slow, shownLate) = await bed.OpenAsync(bed.Agent, "/leads");
        var (_, shown) = await bed.OpenAsync(bed.Admin, "/leads");
        await Eventually.IsAsync(() => Shows(shown, "Клієнт 1") && Shows(shownLate, "Клієнт 1"), Token);

        slow.HoldBack();
        var before = slow.Batches;
        for (var number = 1; number <= Changes; number++)
        {
            await bed.RenameAsync(lead.Id, Name(number));
            // Each for itself: what comes within the window of the feed is one batch.
            await Eventually.IsAsync(() => Shows(shown, Name(number)), Token);
        }

        Assert.InRange(slow.Batches - before, 1, Buffered);
        Assert.False(Shows(shownLate, Name(Changes)));

        await slow.CatchUpAsync();
        await Eventually.IsAsync(() => Shows(shownLate, Name(Changes)), Token);
        Assert.Equal(0, slow.Errors);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"Змінена {number:000}");

    private static bool Shows(IEnumerable<string> texts, string text) =>
        texts.Any(shown => shown.Contains(text, StringComparison.Ordinal));
}
