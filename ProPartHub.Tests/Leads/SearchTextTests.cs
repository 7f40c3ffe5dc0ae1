using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Ґалаґан", "галаган")]
    [InlineData("Galagan", "галаган")]
    [InlineData("Halahan", "галаган")]
    [InlineData("Семёнов", "Семенов")]
    [InlineData("Мар'яна", "Маряна")]
    [InlineData("Мар’яна", "Маряна")]
    [InlineData("José", "jose")]
    [InlineData("Київ", "KYIV")]
    [InlineData("Юлія", "Yuliia")]
    [InlineData("Щербак", "Shcherbak")]
    public void Normalise_SpellingsOfOneName_AreEqual(string one, string other) =>
        Assert.Equal(SearchText.Normalise(one), SearchText.Normalise(other));

    [Theory]
    [InlineData("Олена", "Ольга")]
    [InlineData("Іван", "Іванна")]
    public void Normalise_DifferentNames_StayDifferent(string one, string other) =>
        Assert.NotEqual(SearchText.Normalise(one), SearchText.Normalise(other));

    [Theory]
    [InlineData("+380 (50) 123-45", "3805012345")]
    [InlineData("050 123", "050123")]
    public void ForQuery_LooksLikePhone_JoinsDigits(string typed, string expected) =>
        Assert.Equal(expected, SearchText.ForQuery(typed));

    [Fact]
    public void Of_Lead_HoldsEveryFieldThatSearchPromises()
    {
        var lead = new Lead
        {
            ClientName = "Олена Гнатюк",
            Phone = "+380501234567",
            SecondPhone = "+971501112233",
            Email = "olena@example.com",
            Company = "Вулик",
            Telegram = "olena_g",
        };

        var text = SearchText.Of(lead);

        string[] queries = ["гнатюк", "380501234567", "971501112233", "olena@example", "вулик", "olena_g"];
        Assert.All(queries, query => Assert.Contains(SearchText.ForQuery(query), text, StringComparison.Ordinal));
    }
}
