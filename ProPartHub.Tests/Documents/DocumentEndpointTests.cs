using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Documents;

/// <summary>Documents over real HTTP: saved, or shown where a browser can, whole, to those who may.</summary>
public sealed class DocumentEndpointTests(MailHub hub) : IClassFixture<MailHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PictureAndPdf_AreShownOrSaved_AllElseIsSaved()
    {
        var (browser, actor, lead) = await LeadAsync("papers", 1);
        using var _ = browser;
        var pdf = await AddAsync(actor, lead, "План.pdf", FileBed.Content(150_000));
        var picture = await AddAsync(actor, lead, "Фасад.png", AttachmentFiles.Png);
        var letter = await AddAsync(actor, lead, "Лист.docx", AttachmentFiles.Docx());

        using var shown = await browser.GetAsync($"/documents/files/{pdf}?show=1", Token);
        Assert.Equal(("inline", "application/pdf"), Kind(shown));
        Assert.Equal(FileBed.Content(150_000), await shown.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("SAMEORIGIN", Assert.Single(shown.Headers.GetValues("X-Frame-Options")));
        Assert.Contains(
            "frame-ancestors 'self'",
            Assert.Single(shown.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));

        using var image = await browser.GetAsync($"/documents/files/{picture}?show=1", Token);
        Assert.Equal(("inline", "image/png"), Kind(image));
        using var never = await browser.GetAsync($"/documents/files/{letter}?show=1", Token);
        Assert.Equal(("attachment", FileType.Docx.MediaType()), Kind(never));
        using var saved = await browser.GetAsync($"/documents/files/{pdf}", Token);
        Assert.Equal(
            ("attachment", "План.pdf"),
            (Kind(saved).Disposition, saved.Content.Headers.ContentDisposition!.FileNameStar)
        );
    }

    [Fact]
    public async Task EachReading_IsOnRecord_ACopyIsOnesOwn_AndNobodyElseGetsIt()
    {
        var (browser, actor, lead) = await LeadAsync("papers-kept", 2);
        using var _ = browser;
        var id = await AddAsync(actor, lead, "План.pdf", FileBed.Content(900));
        var path = $"/documents/files/{id}";
        using var first = await browser.GetAsync(path, Token);
        using var again = await AskAsync(browser, path, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        // In parts is as good as whole: it counts.
        using var part = await browser.SendAsync(
            new(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(1, 5) } },
            Token
        );
        Assert.Equal(HttpStatusCode.OK, part.StatusCode);
        Assert.Equal(
            2,
            (await hub.EventsAsync(row => row.Kind == SecurityEventKind.FileOpened && row.LeadId == lead)).Count
        );

        var (other, _, _) = await LeadAsync("papers-other", 3);
        using var __ = other;
        using var refused = await AskAsync(other, path, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private static (string Disposition, string Type) Kind(HttpResponseMessage answer) =>
        (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentType!.MediaType!);

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string path, EntityTagHeaderValue tag) =>
        browser.SendAsync(new(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } }, Token);

    private async Task<Guid> AddAsync(Actor actor, Guid lead, string name, byte[] content)
    {
        var id = Guid.CreateVersion7();
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var fault = await scope
            .ServiceProvider.GetRequiredService<DocumentService>()
            .AddAsync(actor, id, new(DocumentOwnerKind.Lead, lead), AttachmentFiles.File(name, content), Token);
        Assert.Null(fault);
        return id;
    }

    private async Task<(HttpClient Browser, Actor Actor, Guid Lead)> LeadAsync(string name, int number)
    {
        var user = await hub.Host.AddUserAsync(name, MailHub.Password, Role.Agent, row => row.IsVerified = true);
        var actor = user.ToActor("test");
        await using var scope = hub.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StageDirectory>().EnsureLocalPipelineAsync(Token);
        var lead = await scope
            .ServiceProvider.GetRequiredService<LeadService>()
            .CreateAsync(actor, HubBed.Input(number), null, Token);
        return (await hub.Host.SignInAsync(name, MailHub.Password), actor, lead.Id);
    }
}
