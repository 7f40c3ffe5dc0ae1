using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class MoneyTests : ComponentTest
{
    // Ukrainian groups digits with a no-break space.
    [Theory]
    [InlineData("uk", 120000d, null, false, "USD", "$120 000")]
    [InlineData("uk", 120000d, 240000d, false, "USD", "$120 000 – 240 000")]
    [InlineData("uk", null, 200000d, false, "USD", "до $200 000")]
    [InlineData("uk", 500000d, null, true, "USD", "від $500 000")]
    [InlineData("uk", 99.5, null, false, "UAH", "₴99,50")]
    [InlineData("uk", 100d, 100d, false, "EUR", "€100")]
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

        Assert.Equal("PLN\u00a010", shown.Find("span").TextContent);
    }

    // "$37,3" at the end of a line and "млн" on the next is what it was before.
    [Theory]
    [InlineData("uk", 37_300_000, "USD", "$37,3\u00a0млн")]
    [InlineData("uk", 666_400, "EUR", "€666\u00a0тис.")]
    [InlineData("en", 37_300_000, "USD", "$37.3M")]
    [InlineData("en", 1_500, "AED", "AED\u00a01,500")]
    public void ShortAmount_IsWrittenAlike_AndNeverBreaks(string language, int amount, string currency, string expected)
    {
        Speak(language);
        var words = Services.GetRequiredService<IStringLocalizer<DashboardTexts>>();

        Assert.Equal(expected, ShortFigure.Amount(amount, currency, words["Thousand"], words["Million"]));
    }

    [Fact]
    public void Note_IsReadOut_AndShownWhereThePointerRests()
    {
        var shown = Render<Money>(parameters => parameters.Add(m => m.Amount, 10m).Add(m => m.Note, "USD only"));

        Assert.Equal("USD only", shown.Find(".figures").GetAttribute("title"));
        Assert.Equal("$10 (USD only)", shown.Find(".figures").TextContent.Trim());
    }
}
