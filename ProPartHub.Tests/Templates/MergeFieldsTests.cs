using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Templates;
using Xunit;

namespace ProPartHub.Tests.Templates;

/// <summary>Fields are filled with what a lead has; what is missing leaves no hole, and links carry every character.</summary>
public sealed class MergeFieldsTests
{
    private static readonly Dictionary<string, string?> Values = new()
    {
        ["client"] = "Марія {agent} О’Ніл",
        ["agent"] = "Олена",
        ["country"] = null,
    };

    [Fact]
    public void Fields_AreFilledOnce_AndNeverReadAgain() =>
        Assert.Equal(
            "Вітаю, Марія {agent} О’Ніл! Це Олена.",
            MergeFields.Fill("Вітаю, {client}! Це { Agent }.", Values).Text
        );

    [Fact]
    public void Missing_IsTold_AndLeavesNoHole()
    {
        var merged = MergeFields.Fill("Житло в {country} , {client}?\n{country}\nБюджет {budget}", Values);

        Assert.Equal("Житло в, Марія {agent} О’Ніл?\n\nБюджет", merged.Text);
        Assert.Equal(["country", "budget"], merged.Missing);
    }

    [Fact]
    public void WordsInItsPlace_AreTakenInstead()
    {
        var merged = MergeFields.Fill("Житло: {country| уся Європа }", Values);

        Assert.Equal("Житло: уся Європа", merged.Text);
        Assert.Empty(merged.Missing);
    }

    [Fact]
    public void UnknownFields_AreTold_AndOtherBracesAreText()
    {
        var merged = MergeFields.Fill("{клієнт} {} { a b } {country|}", Values);

        Assert.Equal(["клієнт"], merged.Unknown);
        Assert.Equal("{клієнт} {} { a b }", merged.Text);
    }

    [Theory]
    [InlineData(
        MessageChannel.WhatsApp,
        "https://wa.me/380501234567?text=%D0%AF%20%26%20%D1%82%D0%B8%0A%2B1%20%23%F0%9F%99%82"
    )]
    [InlineData(
        MessageChannel.Telegram,
        "tg://resolve?domain=maria_o&text=%D0%AF%20%26%20%D1%82%D0%B8%0A%2B1%20%23%F0%9F%99%82"
    )]
    [InlineData(
        MessageChannel.Viber,
        "viber://chat?number=%2B380501234567&draft=%D0%AF%20%26%20%D1%82%D0%B8%0A%2B1%20%23%F0%9F%99%82"
    )]
    [InlineData(
        MessageChannel.Mail,
        "mailto:maria%2Bx@example.com?subject=%D0%A2%D0%B5%D0%BC%D0%B0%3F&body=%D0%AF%20%26%20%D1%82%D0%B8%0D%0A%2B1%20%23%F0%9F%99%82"
    )]
    public void Links_CarryTheWholeText(MessageChannel channel, string expected)
    {
        var lead = new LeadInput
        {
            Phone = "+380501234567",
            Telegram = "maria_o",
            Email = "maria+x@example.com",
        };

        Assert.Equal(expected, MessageLink.Of(channel, lead, "Тема?", "Я & ти\n+1 #🙂"));
    }

    [Fact]
    public void TelegramWithoutAName_GoesByPhone() =>
        Assert.Equal(
            "tg://resolve?phone=380501234567&text=Hi",
            MessageLink.Of(MessageChannel.Telegram, new LeadInput { Phone = "+380501234567" }, null, "Hi")
        );

    [Fact]
    public void WithoutAnAddress_ThereIsNoLink() =>
        Assert.All(
            Enum.GetValues<MessageChannel>(),
            channel => Assert.Null(MessageLink.Of(channel, new LeadInput { Phone = "050" }, "s", "t"))
        );
}
