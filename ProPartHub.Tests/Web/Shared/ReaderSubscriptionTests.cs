using System.Globalization;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class ReaderSubscriptionTests
{
    private event Action? Happened;

    [Fact]
    public void Listener_HearsInItsOwnCulture_AndThePublisherKeepsTheirs()
    {
        var heard = "";
        using var subscription = In("uk-UA", () => Subscribe(() => heard = CultureInfo.CurrentCulture.Name));

        var after = In(
            "en-GB",
            () =>
            {
                Happened?.Invoke();
                return CultureInfo.CurrentCulture.Name;
            }
        );

        Assert.Equal(("uk-UA", "en-GB"), (heard, after));
    }

    [Fact]
    public void Disposed_IsOffTheEvent()
    {
        var subscription = Subscribe(() => { });
        Assert.NotNull(Happened);

        subscription.Dispose();

        Assert.Null(Happened);
    }

    private ReaderSubscription Subscribe(Action listener) =>
        new(handler => Happened += handler, handler => Happened -= handler, listener);

    private static T In<T>(string culture, Func<T> work)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
