using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+380 50 123 45 67", "+380501234567")]
    [InlineData("+38(050)123-45-67", "+380501234567")]
    [InlineData("050 123 45 67", "+380501234567")]
    [InlineData("380501234567", "+380501234567")]
    [InlineData("00380501234567", "+380501234567")]
    [InlineData("+971 50 123 4567", "+971501234567")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("  +380501234567  ", "+380501234567")]
    public void TryNormalise_Number_GivesE164(string typed, string expected)
    {
        Assert.True(PhoneNumber.TryNormalise(typed, out var e164));
        Assert.Equal(expected, e164);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("12345")]
    [InlineData("+380 50 123")]
    [InlineData("+380501234567 доб. 12")]
    [InlineData("+380501234567 ext. 12")]
    [InlineData("телефон")]
    [InlineData("'; DROP TABLE leads; --")]
    [InlineData("+38050123456789012345678901234567890123456789")]
    [InlineData("☎️")]
    public void TryNormalise_NoNumber_Refuses(string? typed)
    {
        Assert.False(PhoneNumber.TryNormalise(typed, out var e164));
        Assert.Null(e164);
    }

    [Fact]
    public void Display_Number_HasSpaces() => Assert.Equal("+380 50 123 4567", PhoneNumber.Display("+380501234567"));

    [Fact]
    public void Display_NoNumber_StaysAsItIs() => Assert.Equal("немає", PhoneNumber.Display("немає"));
}
