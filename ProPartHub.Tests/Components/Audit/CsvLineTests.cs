using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Audit;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("Олена", "Олена")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+380501234567", "'+380501234567")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    public void Cell_IsSafe(string? value, string expected) => Assert.Equal(expected, CsvLine.Cell(value));
}
