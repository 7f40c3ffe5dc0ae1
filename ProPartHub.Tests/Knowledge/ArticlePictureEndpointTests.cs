using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Pictures of articles over real HTTP: for readers once they are published, kept by a browser for one person.</summary>
public sealed class ArticlePictureEndpointTests(MailHub hub) : IClassFixture<MailHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_IsShownOncePublished_ToThoseWhoAreSignedIn()
    {
        var manager = await hub.AddManagerAsync("pictures-writer");
        await hub.Host.AddUserAsync("pictures-reader", MailHub.Password, Role.Agent);
        using var writer = await hub.Host.SignInAsync("pictures-writer", MailHub.Password);
        using var reader = await hub.Host.SignInAsync("pictures-reader", MailHub.Password);
        using var visitor = hub.Host.NewBrowser();
        var picture = await AddAsync(manager.ToActor("test"));
        var path = ArticlePictureAddress.Of(picture);

        using (var early = await reader.GetAsync(path, Token))
        {
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        }

        using (var drafted = await writer.GetAsync(path, Token))
        {
            Assert.Equal(HttpStatusCode.OK, drafted.StatusCode);
        }

        await PublishAsync(manager.ToActor("test"), path);
        using var large = await reader.GetAsync(path, Token);
        using var small = await reader.GetAsync(ArticlePictureAddress.SmallOf(picture), Token);
        foreach (var shown in new[] { large, small })
        {
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            Assert.Equal("image/webp", shown.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(shown.Headers.CacheControl!.Private);
        }

        Assert.NotEqual(large.Headers.ETag, small.Headers.ETag);
        using var held = await reader.SendAsync(
            new(HttpMethod.Get, path) { Headers = { IfNoneMatch = { large.Headers.ETag! } } },
            Token
        );
        Assert.Equal(HttpStatusCode.NotModified, held.StatusCode);
        using var other = await writer.SendAsync(
            new(HttpMethod.Get, path) { Headers = { IfNoneMatch = { large.Headers.ETag! } } },
            Token
        );
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var refused = await visitor.GetAsync(path, Token);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        using var unknown = await writer.GetAsync(ArticlePictureAddress.Of(Guid.CreateVersion7()), Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<Guid> AddAsync(Actor actor)
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var added = await scope
            .ServiceProvider.GetRequiredService<ArticlePictures>()
            .AddAsync(actor, Writings.Picture(1600, 900), Token);
        return added.Id!.Value;
    }

    private async Task PublishAsync(Actor actor, string path)
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var (section, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await scope
            .ServiceProvider.GetRequiredService<KnowledgeSections>()
            .SaveAsync(actor, section, null, "Зображення", Token);
        var input = Writings.Input with { SectionId = section, Body = $"![Схема]({path})" };
        var service = scope.ServiceProvider.GetRequiredService<ArticleService>();
        await service.CreateAsync(actor, id, input, Token);
        Assert.True(await service.PublishAsync(actor, id, input, input, null, isSmall: false, Token));
    }
}
