using System.Globalization;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Web.Localization;

public sealed class PluralsTests
{
    // The examples of Unicode CLDR for Ukrainian.
    [Theory]
    [InlineData("one", 1, 21, 31, 41, 101, 1001)]
    [InlineData("few", 2, 3, 4, 22, 23, 24, 32, 102, 1002)]
    [InlineData("many", 0, 5, 9, 10, 11, 12, 13, 14, 15, 19, 20, 25, 100, 111, 112, 1000)]
    public void Ukrainian_FollowsCldr(string category, params int[] numbers) =>
        Assert.All(numbers, number => Assert.Equal(category, Plurals.CategoryOf(number, new CultureInfo("uk-UA"))));

    [Theory]
    [InlineData("one", 1)]
    [InlineData("other", 0, 2, 11, 21, 101)]
    public void English_FollowsCldr(string category, params int[] numbers) =>
        Assert.All(numbers, number => Assert.Equal(category, Plurals.CategoryOf(number, new CultureInfo("en-GB"))));
}
