using System.Globalization;
using System.Resources;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Import;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Import;

/// <summary>Whatever an import can say has words in every language.</summary>
public sealed class ImportTextsTests
{
    private static readonly string[] Keys =
    [
        .. CodesOf(typeof(ImportFaultCode)).Select(code => $"Problem_{code}"),
        .. Enum.GetNames<FileTrouble>().Select(name => $"Trouble_{name}"),
        .. Enum.GetNames<ImportState>().Select(name => $"State_{name}"),
        .. Enum.GetNames<ImportStep>().Select(name => $"Step_{name}"),
        .. Enum.GetNames<DuplicatePolicy>().SelectMany(name => new[] { $"Policy_{name}", $"Policy_{name}_Hint" }),
        .. Enum.GetNames<TextCoding>().Select(name => $"Coding_{name}"),
        .. ImportCountries.All.Select(code => $"Country_{code}"),
    ];

    [Fact]
    public void Codes_HaveWords()
    {
        var texts = new ResourceManager(typeof(ImportTexts));

        Assert.Empty(
            Languages.All.SelectMany(language =>
                Keys.Where(key => texts.GetString(key, language.Culture) is not { Length: > 0 })
                    .Select(key => $"{language.Code}: {key}")
            )
        );
    }

    [Fact]
    public void Fields_HaveTheLeadsNames()
    {
        var texts = new ResourceManager(typeof(LeadsTexts));

        Assert.All(
            ImportFields.Offered.Where(field => field.ToLeadField() is not null || field is ImportField.Budget),
            field => Assert.NotNull(texts.GetString($"Field_{field}", CultureInfo.InvariantCulture))
        );
    }

    private static IEnumerable<string> CodesOf(Type codes) =>
        codes.GetFields().Select(field => (string)field.GetValue(null)!);
}
