using CsCheck;
using ProPartHub.Domain.Transfer.Import;
using Xunit;

namespace ProPartHub.Tests.Import;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("200000", 200_000d, 200_000d, null)]
    [InlineData("200 000", 200_000d, 200_000d, null)]
    [InlineData("200,000.50", 200_000.5, 200_000.5, null)]
    [InlineData("200.000,50", 200_000.5, 200_000.5, null)]
    [InlineData("1,500", 1_500d, 1_500d, null)]
    [InlineData("1,5 млн", 1_500_000d, 1_500_000d, null)]
    [InlineData("1.5M", 1_500_000d, 1_500_000d, null)]
    [InlineData("$150k–300k", 150_000d, 300_000d, "USD")]
    [InlineData("200-500k", 200_000d, 500_000d, null)]
    [InlineData("150000-300000", 150_000d, 300_000d, null)]
    [InlineData("150 000 – 300 000 €", 150_000d, 300_000d, "EUR")]
    [InlineData("до 200 тис", null, 200_000d, null)]
    [InlineData("up to 200k USD", null, 200_000d, "USD")]
    [InlineData("від 500 000 грн", 500_000d, null, "UAH")]
    [InlineData("від 200 до 300 тыс", 200_000d, 300_000d, null)]
    [InlineData("1M+", 1_000_000d, null, null)]
    public void Amount_IsRead(string text, double? from, double? to, string? currency)
    {
        Assert.True(AmountText.TryRead(text, out var amount));
        Assert.Equal(new ReadAmount((decimal?)from, (decimal?)to, currency), amount);
    }

    [Theory]
    [InlineData("багато")]
    [InlineData("-5")]
    [InlineData("12 або 15")]
    [InlineData("1.2.3.4")]
    [InlineData("$")]
    public void Amount_OfOtherWords_IsNone(string text) => Assert.False(AmountText.TryRead(text, out _));

    [Fact]
    public void Amount_OfAnyText_EndsInTime_AndNeverThrows() =>
        Gen.String[Gen.Char["0123456789 .,-kкмdo$€+'"], 0, 90]
            .Sample(
                text =>
                {
                    _ = AmountText.TryRead(text, out _);
                },
                iter: 2_000
            );

    [Theory]
    [InlineData("31.12.1985")]
    [InlineData("31/12/1985")]
    [InlineData("1985-12-31")]
    [InlineData("1985-12-31 00:00")]
    [InlineData("1985-12-31T10:00:00")]
    [InlineData("31.12.85")]
    [InlineData("31412")]
    public void Day_IsRead(string text)
    {
        Assert.True(DayText.TryRead(text, out var day));
        Assert.Equal(new DateOnly(1985, 12, 31), day);
    }

    [Theory]
    [InlineData("31.02.1985")]
    [InlineData("1")]
    [InlineData("вчора")]
    [InlineData("19851231")]
    public void Day_OfOtherWords_IsNone(string text) => Assert.False(DayText.TryRead(text, out _));

    [Theory]
    [InlineData("  Ім’я клієнта: ", "Імя клієнта")]
    [InlineData("E-mail", "e mail")]
    [InlineData("ТЕЛЁФОН", "телефон")]
    public void Word_ComparesWithoutPunctuation(string one, string other) =>
        Assert.Equal(ImportWord.Of(other), ImportWord.Of(one));
}
