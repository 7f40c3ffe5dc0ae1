using Bunit;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class MoneyTests : ComponentTest
{
    // Ukrainian groups digits with a no-break space.
    [Theory]
    [InlineData("uk", 120000d, null, false, "USD", "120 000 $")]
    [InlineData("uk", 120000d, 240000d, false, "USD", "120 000 – 240 000 $")]
    [InlineData("uk", null, 200000d, false, "USD", "до 200 000 $")]
    [InlineData("uk", 500000d, null, true, "USD", "від 500 000 $")]
    [InlineData("uk", 99.5, null, false, "UAH", "99,50 ₴")]
    [InlineData("uk", 100d, 100d, false, "EUR", "100 €")]
    [InlineData("en", 120000d, 240000d, false, "USD", "$120,000 – 240,000")]
    [InlineData("en", 500000d, null, true, "USD", "from $500,000")]
    [InlineData("en", null, null, false, "USD", "")]
    public void Amount_IsWrittenInTheReadersLanguage(
        string language,
        double? amount,
        double? upTo,
        bool isOpenEnded,
        string currency,
        string expected
    )
    {
        Speak(language);
        var shown = Render<Money>(parameters =>
            parameters
                .Add(money => money.Amount, (decimal?)amount)
                .Add(money => money.UpTo, (decimal?)upTo)
                .Add(money => money.IsOpenEnded, isOpenEnded)
                .Add(money => money.Currency, currency)
        );

        Assert.Equal(expected, shown.Find("span").TextContent.Replace('\u00a0', ' '));
    }

    [Fact]
    public void UnknownCurrency_IsWrittenByItsCode()
    {
        var shown = Render<Money>(parameters => parameters.Add(m => m.Amount, 10m).Add(m => m.Currency, "pln"));

        Assert.Contains("PLN", shown.Markup, StringComparison.Ordinal);
    }
}
