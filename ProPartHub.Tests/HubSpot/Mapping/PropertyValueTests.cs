using ProPartHub.Domain.HubSpot.Mapping;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Mapping;

public sealed class PropertyValueTests
{
    [Theory]
    [InlineData(PropertyKind.Text, "  Дубай ", "Дубай")]
    [InlineData(PropertyKind.Text, "", null)]
    [InlineData(PropertyKind.Text, "   ", null)]
    [InlineData(PropertyKind.Text, null, null)]
    [InlineData(PropertyKind.Phone, "+380 50 123-45-67", "+380501234567")]
    [InlineData(PropertyKind.Phone, "ask Olena", "ask Olena")]
    [InlineData(PropertyKind.Email, "Ivan@Example.COM", "ivan@example.com")]
    [InlineData(PropertyKind.Number, "350000.00", "350000")]
    [InlineData(PropertyKind.Number, "3.5E5", "350000")]
    [InlineData(PropertyKind.Number, "about 300k", "about 300k")]
    [InlineData(PropertyKind.Date, "1990-05-01", "1990-05-01")]
    [InlineData(PropertyKind.Date, "641520000000", "1990-05-01")]
    [InlineData(PropertyKind.Date, "1990-05-01T00:00:00Z", "1990-05-01")]
    [InlineData(PropertyKind.Date, "1990", "1990")]
    [InlineData(PropertyKind.Options, "b;a", "a;b")]
    [InlineData(PropertyKind.Options, ";a; b ;", "a;b")]
    public void Normalise_GivesOneFormForEqualValues(object kind, string? raw, string? expected) =>
        Assert.Equal(expected, PropertyValue.Normalise((PropertyKind)kind, raw));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("200000", "500000", "200000..500000")]
    [InlineData(null, "200000", "..200000")]
    [InlineData("1000000", null, "1000000..")]
    public void Budget_TextAndEnds_AreOneAnother(string? from, string? to, string? text)
    {
        var (low, high) = (Number(from), Number(to));

        Assert.Equal(text, BudgetField.Format(low, high));
        Assert.Equal((low, high), BudgetField.Parse(text));
    }

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
