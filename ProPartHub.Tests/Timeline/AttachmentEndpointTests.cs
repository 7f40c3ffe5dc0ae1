using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Timeline;

/// <summary>Files of comments over real HTTP: to be saved or, as pictures, shown; to those who see the lead.</summary>
public sealed class AttachmentEndpointTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = MailHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_IsShownOrSaved_AndNothingElseIsShown()
    {
        var (browser, actor, lead) = await LeadAsync("files", 1);
        using var _ = browser;
        var picture = await SentAsync(actor, lead, "фасад.png", AttachmentFiles.Png);
        var letter = await SentAsync(actor, lead, "лист.docx", AttachmentFiles.Docx());

        using var shown = await browser.GetAsync($"/attachments/{picture}?show=1", Token);
        Assert.Equal(("inline", "image/png"), Kind(shown));
        Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(AttachmentFiles.Png, await shown.Content.ReadAsByteArrayAsync(Token));

        using var saved = await browser.GetAsync($"/attachments/{picture}", Token);
        Assert.Equal(("attachment", "image/png"), Kind(saved));
        Assert.Equal("фасад.png", saved.Content.Headers.ContentDisposition!.FileNameStar);

        using var never = await browser.GetAsync($"/attachments/{letter}?show=1", Token);
        Assert.Equal(("attachment", FileType.Docx.MediaType()), Kind(never));
        Assert.Equal("nosniff", Assert.Single(never.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task KeptCopy_IsAskedForBeforeEachUse_AndOnlyWhatIsGivenOutIsOnRecord()
    {
        var (browser, actor, lead) = await LeadAsync("kept", 2);
        using var _ = browser;
        var id = await SentAsync(actor, lead, "фасад.png", AttachmentFiles.Png);
        var path = $"/attachments/{id}?show=1";
        using var first = await browser.GetAsync(path, Token);
        Assert.True(first.Headers.CacheControl is { NoCache: true, Private: true });

        using var again = await AskAsync(browser, path, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));
        Assert.Single(
            await hub.EventsAsync(row => row.Kind == SecurityEventKind.AttachmentOpened && row.LeadId == lead)
        );

        // A copy is one person's: with another's tag, or without the lead, there is nothing.
        var (other, _, _) = await LeadAsync("kept-other", 3);
        using var __ = other;
        using var refused = await AskAsync(other, path, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await UseAsync<LeadService>(leads => leads.TransferAsync(Actor.System, lead, null, null, Token));
        using var gone = await AskAsync(browser, path, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static (string Disposition, string Type) Kind(HttpResponseMessage answer) =>
        (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentType!.MediaType!);

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string path, EntityTagHeaderValue tag) =>
        browser.SendAsync(new(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } }, Token);

    private async Task<Guid> SentAsync(Actor actor, Guid lead, string name, byte[] content)
    {
        var id = Guid.CreateVersion7();
        await UseAsync<AttachmentService>(async files =>
            Assert.Null(await files.UploadAsync(actor, id, lead, AttachmentFiles.File(name, content), Token))
        );
        await UseAsync<CommentService>(comments =>
            comments.AddAsync(actor, Guid.CreateVersion7(), lead, "Дивіться", null, [id], Token)
        );
        return id;
    }

    // A lead of an agent's own, and that agent's browser.
    private async Task<(HttpClient Browser, Actor Actor, Guid Lead)> LeadAsync(string name, int number)
    {
        var user = await hub.Host.AddUserAsync(name, Password, Role.Agent, row => row.IsVerified = true);
        var (actor, lead) = (user.ToActor("test"), Guid.Empty);
        await UseAsync<StageDirectory>(stages => stages.EnsureLocalPipelineAsync(Token));
        await UseAsync<LeadService>(async leads =>
            lead = (await leads.CreateAsync(actor, HubBed.Input(number), null, Token)).Id
        );
        return (await hub.Host.SignInAsync(name, Password), actor, lead);
    }

    private async Task UseAsync<T>(Func<T, Task> use)
        where T : notnull
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }
}
