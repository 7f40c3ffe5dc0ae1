using System.Globalization;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class BirthdayTests
{
    [Theory]
    [InlineData("1980-03-05", "2026-03-02", 3)]
    [InlineData("1980-03-02", "2026-03-02", 0)]
    [InlineData("1980-03-01", "2026-03-02", 364)]
    [InlineData("1980-01-01", "2026-12-31", 1)]
    [InlineData("1984-02-29", "2026-02-28", 1)]
    [InlineData("1984-02-29", "2026-03-01", 0)]
    [InlineData("1984-02-29", "2028-02-28", 1)]
    [InlineData("1984-02-29", "2028-02-29", 0)]
    [InlineData("1984-02-29", "2027-03-02", 364)]
    public void DaysUntil_CountsToTheNextOne(string born, string today, int days) =>
        Assert.Equal(days, Birthday.DaysUntil(Day(born), Day(today)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
