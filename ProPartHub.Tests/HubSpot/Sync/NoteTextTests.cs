using CsCheck;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

public sealed class NoteTextTests
{
    private static readonly string[] Pieces = ["a", "<b>", "&", "\n", "їжак", "'\"", "😀", "x y"];

    [Theory]
    [InlineData("<p>Перший</p><p>Другий</p>", "Перший\nДругий")]
    [InlineData("<div style=\"color:red\">a<br>b</div>", "a\nb")]
    [InlineData("a<br/>b<BR />c", "a\nb\nc")]
    [InlineData("<ul><li>один</li><li>два</li></ul>", "один\nдва")]
    [InlineData("Tom &amp; Jerry &lt;3&nbsp;!", "Tom & Jerry <3 !")]
    [InlineData("2 < 3", "2 < 3")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Html_BecomesTextWithItsLines(string? html, string text) => Assert.Equal(text, NoteText.ToText(html));

    [Fact]
    public void Text_ThroughHtmlAndBack_IsItself() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(place => Pieces[place])
            .Array[1, 12]
            .Select(string.Concat)
            .Where(text => text == string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim())
            .Sample(text => Assert.Equal(text, NoteText.ToText(NoteText.ToHtml(text))));

    [Fact]
    public void Author_StandsInFrontOfOurCommentsAndIsTakenOffAgain()
    {
        var comment = new Comment
        {
            AuthorName = "Олена",
            Body = "Передзвонити\nзавтра",
            Origin = ChangeOrigin.Portal,
        };

        var html = NoteText.BodyOf(comment, NoteText.SignatureOf(comment));

        Assert.Equal("Олена: Передзвонити\nзавтра", NoteText.ToText(html));
        Assert.Equal(comment.Body, NoteText.TextOf(NoteText.SignatureOf(comment), 0, html));
        Assert.Equal("Без підпису", NoteText.TextOf("Олена: ", 0, "Без підпису"));
    }

    [Theory]
    [InlineData(1, "Олена: Фото з перегляду\n1 attachment")]
    [InlineData(3, "Олена: Фото з перегляду\n3 attachments")]
    public void Files_AreCountedOnALineOfTheirOwn_ThatIsTakenOffAgain(int files, string note)
    {
        var comment = new Comment
        {
            AuthorName = "Олена",
            Body = "Фото з перегляду",
            AttachmentCount = files,
            Origin = ChangeOrigin.Portal,
        };
        var signature = NoteText.SignatureOf(comment);

        var html = NoteText.BodyOf(comment, signature);

        Assert.Equal(note, NoteText.ToText(html));
        Assert.Equal(comment.Body, NoteText.TextOf(signature, files, html));
        // Who edits the note may take the line away, or write after it.
        Assert.Equal("Інше", NoteText.TextOf(signature, files, "Олена: Інше"));
        Assert.Equal($"{note["Олена: ".Length..]}\nІнше", NoteText.TextOf(signature, files, html + "<br>Інше"));
    }
}
