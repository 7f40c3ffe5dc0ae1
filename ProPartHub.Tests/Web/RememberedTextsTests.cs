using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Web;

public sealed class RememberedTextsTests : ComponentTest
{
    private RememberedTexts<SharedTexts> Texts => new(Services.GetRequiredService<IStringLocalizerFactory>());

    [Fact]
    public void EachLanguage_HasItsOwnText_HoweverOftenItIsAsked()
    {
        var texts = Texts;
        Speak("uk");
        var ukrainian = texts["Time_JustNow"].Value;
        Speak("en");
        Assert.Equal(("щойно", "just now"), (ukrainian, texts["Time_JustNow"].Value));
        Speak("uk");
        Assert.Equal("щойно", texts["Time_JustNow"].Value);
        Assert.Equal("5 хвилин тому", texts.Plural("Time_Minutes", 5));
        Assert.Equal("21 хвилину тому", texts.Plural("Time_Minutes", 21));
    }

    [Fact]
    public void ANameWithoutText_IsItsOwnText_AndSaysSo()
    {
        var text = Texts["No_Such_Text", 5];

        Assert.Equal(("No_Such_Text", true), (text.Value, text.ResourceNotFound));
    }
}
