using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ProPartHub.Domain.Knowledge;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Markdown becomes a page's HTML, and nothing that somebody writes becomes more than text, links and pictures.</summary>
public sealed class ArticleTextTests
{
    private const string Page = "/knowledge/7";

    private static readonly string[] Harmless =
    [
        "A",
        "BLOCKQUOTE",
        "BR",
        "CODE",
        "DEL",
        "DIV",
        "EM",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "HR",
        "LI",
        "OL",
        "P",
        "PRE",
        "STRONG",
        "TABLE",
        "TBODY",
        "TD",
        "TH",
        "THEAD",
        "TR",
        "UL",
    ];

    private static readonly string[] HarmlessAttributes =
    [
        "class",
        "href",
        "id",
        "rel",
        "start",
        "style",
        "tabindex",
        "target",
        "title",
    ];

    public static TheoryData<string> Attacks =>
        [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<iframe src=\"javascript:alert(1)\"></iframe>",
            "<iframe srcdoc=\"<script>alert(1)</script>\">",
            "<object data=\"data:text/html,<script>alert(1)</script>\">",
            "<embed src=\"//evil.example\">",
            "<base href=\"//evil.example/\">",
            "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
            "<form action=\"//evil.example\"><input name=password></form>",
            "<style>body{background:url(javascript:alert(1))}</style>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](&#x6A;avascript&colon;alert(1))",
            "[x](\u0001javascript:alert(1))",
            "[x](  javascript:alert(1))",
            "[x](<javascript:alert(1)>)",
            "[x](vbscript:msgbox(1))",
            "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
            "[x](file:///etc/passwd)",
            "[x](//evil.example)",
            "[x](/\\evil.example)",
            "[x](\\\\evil.example)",
            "[x][1]\n\n[1]: javascript:alert(1)",
            "<javascript:alert(1)>",
            "<data:text/html,x>",
            "![x](javascript:alert(1))",
            "![x](data:image/svg+xml;base64,PHN2Zy9vbmxvYWQ9YWxlcnQoMSk+)",
            "![x](https://evil.example/track.gif)",
            "![x](/account/logout)",
            "![x](/knowledge/pictures/../../account/logout)",
            "![\"onerror=\"alert(1)](https://evil.example/x)",
            "[x](https://example.com/\"onmouseover=\"alert(1))",
            "[x](https://example.com \"t\\\" onmouseover=\\\"alert(1)\")",
            "`<img src=x onerror=alert(1)>`",
            "```\n</code></pre><script>alert(1)</script>\n```",
            "```\"><script>alert(1)</script>\nx\n```",
            "# x {#id onclick=alert(1)}",
            "# <img src=x onerror=alert(1)>",
            "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
            "- [ ] <input onfocus=alert(1) autofocus>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<!-- --><script>alert(1)</script>",
            "<![CDATA[<script>alert(1)</script>]]>",
            "<?xml version=\"1.0\"?><script>alert(1)</script>",
            "<table><tr><td><script>alert(1)</script>",
            "</div></main><script>alert(1)</script>",
        ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Attack_IsNoMoreThanText(string markdown)
    {
        var html = ArticleText.Show(markdown, Page).Html;

        foreach (var element in Parsed(html).QuerySelectorAll("*"))
        {
            Assert.Contains(element.TagName, Harmless);
            Assert.Empty(element.Attributes.Select(attribute => attribute.Name).Except(HarmlessAttributes));
            if (element.GetAttribute("href") is { } href)
            {
                Assert.True(
                    href.StartsWith("https://example.com", StringComparison.Ordinal)
                        || (href[0] == '/' && href[1] != '/'),
                    href
                );
            }
        }
    }

    [Theory]
    [InlineData("[s](https://example.com/a?b=c&d=e)", "https://example.com/a?b=c&d=e", true)]
    [InlineData("<https://example.com>", "https://example.com", true)]
    [InlineData("https://example.com/x", "https://example.com/x", true)]
    [InlineData("[s](mailto:a@example.com)", "mailto:a@example.com", false)]
    [InlineData("[s](tel:+380501234567)", "tel:+380501234567", false)]
    [InlineData("[s](/leads/new)", "/leads/new", false)]
    [InlineData("[s](#s-dalii)", "/knowledge/7#s-dalii", false)]
    public void Link_ThatMayLead_Leads(string markdown, string href, bool isSite)
    {
        var link = Assert.Single(Parsed(ArticleText.Show(markdown, Page).Html).QuerySelectorAll("a"));

        Assert.Equal(href, link.GetAttribute("href"));
        Assert.Equal(isSite ? "noopener nofollow" : null, link.GetAttribute("rel"));
    }

    [Fact]
    public void WordsOfALinkThatMayNotLead_Stay()
    {
        var html = ArticleText.Show("Далі [**тут** і там](javascript:x) кінець", Page).Html;

        Assert.Equal("<p>Далі <strong>тут</strong> і там кінець</p>", html.Trim());
    }

    [Fact]
    public void Headings_StandBelowThePages_WithoutGaps_AndHaveAnchorsOfTheirOwn()
    {
        var shown = ArticleText.Show("# Перше\n\n### Глибоко\n\n## Ще **раз**\n\n# Перше", Page);

        Assert.Equal(
            [
                ("s-persge", "Перше", 2),
                ("s-gliboko", "Глибоко", 3),
                ("s-sgcge-raz", "Ще раз", 3),
                ("s-persge-2", "Перше", 2),
            ],
            shown.Headings.Select(heading => (heading.Anchor, heading.Text, heading.Level))
        );
        Assert.Equal(
            shown.Headings.Select(heading => heading.Anchor),
            Parsed(shown.Html).QuerySelectorAll("h2, h3").Select(heading => heading.Id)
        );
    }

    [Fact]
    public void TablesAndTasks_AreShown_AndWordsOfPicturesStay()
    {
        var shown = ArticleText.Show(
            "|a|b|\n|:-|-:|\n|1|2|\n\n- [x] Є\n- [ ] Нема\n\n![Схема](https://example.com/a.png)\n\n~~ні~~",
            Page
        );
        var page = Parsed(shown.Html);

        Assert.Equal("text-align: right", page.QuerySelector(".article-table td:last-child")!.GetAttribute("style"));
        Assert.Equal(["☑ Є", "☐ Нема"], page.QuerySelectorAll("li").Select(item => item.TextContent.Trim()));
        Assert.Contains(page.QuerySelectorAll("p"), line => line.TextContent == "Схема");
        Assert.Equal("ні", page.QuerySelector("del")!.TextContent);
    }

    [Fact]
    public void KnownPicture_IsShownAtItsSize_AndOfAllOthersTheWordsStay()
    {
        var (known, unknown) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var sizes = new Dictionary<Guid, PictureSize> { [known] = new(1440, 2880) };
        var page = Parsed(
            ArticleText
                .Show(
                    $"""
                    ![План "А" <b>](/knowledge/pictures/{known.ToString().ToUpperInvariant()})

                    ![Невідоме](/knowledge/pictures/{unknown}) ![Зовні](https://example.com/knowledge/pictures/{known})
                    ![Далі](/knowledge/pictures/{known}/../x) ![Інше](/knowledge/pictures/{known}?small)
                    """,
                    Page,
                    sizes
                )
                .Html
        );

        var image = Assert.Single(page.QuerySelectorAll("img"));
        Assert.Equal(
            [$"/knowledge/pictures/{known}", "План \"А\" <b>", "1440", "2880", "lazy"],
            new[] { "src", "alt", "width", "height", "loading" }.Select(name => image.GetAttribute(name))
        );
        Assert.Equal(
            $"/knowledge/pictures/{known}?small 360w, /knowledge/pictures/{known} 1440w",
            image.GetAttribute("srcset")
        );
        Assert.Contains("Невідоме Зовні", page.TextContent, StringComparison.Ordinal);
        Assert.Contains("Далі Інше", page.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [known, unknown],
            ArticleText.PicturesOf(
                $"![x](/knowledge/pictures/{known}) ![y](/knowledge/pictures/{unknown}) ![z](/knowledge/pictures/{known})"
            )
        );
    }

    [Fact]
    public void PlainWords_AreWithoutMarks() =>
        Assert.Equal(
            "Заголовок Жирний і посилання код",
            ArticleText.Plain("# Заголовок\n\n**Жирний** і [посилання](https://example.com) `код`")
        );

    [Fact]
    public void NestedBeyondReason_IsRefusedAndNotRead()
    {
        Assert.False(ArticleText.TryShow(new string('>', 5_000) + " x", Page, null, out _));
        Assert.True(ArticleText.TryShow("> > x", Page, null, out _));
    }

    private static IElement Parsed(string html) =>
        new HtmlParser().ParseDocument($"<body><section>{html}</section></body>").QuerySelector("section")!;
}
