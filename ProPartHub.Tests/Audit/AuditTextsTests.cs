using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>Every kind of event has words in both languages, so that no name out of the code stands in the audit.</summary>
public sealed class AuditTextsTests
{
    [Theory]
    [InlineData("uk")]
    [InlineData("en")]
    public void EveryKind_HasWords(string language)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var texts = services.GetRequiredService<IStringLocalizer<AuditTexts>>();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Empty(Enum.GetValues<SecurityEventKind>().Where(kind => texts[$"Kind_{kind}"].ResourceNotFound));
    }
}
