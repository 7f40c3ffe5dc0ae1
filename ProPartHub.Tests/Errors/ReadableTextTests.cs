using ProPartHub.Domain.Errors;
using Xunit;

namespace ProPartHub.Tests.Errors;

public sealed class ReadableTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abcd")]
    [InlineData("ab👋", "ab👋")]
    [InlineData("abc👋", "abc")]
    [InlineData("a\0bc", "abc")]
    public void Cut_LeavesWhatCanBeStored(string? text, string? expected) =>
        Assert.Equal(expected, ReadableText.Cut(text, 4));
}
