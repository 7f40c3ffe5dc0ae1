using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Photos over real HTTP: to whoever is signed in, and to clients for as long as their link opens.</summary>
public sealed class PhotoEndpointTests(PhotoEndpointTests.PhotoHub hub) : IClassFixture<PhotoEndpointTests.PhotoHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Photo_IsKeptByTheBrowserOfWhoeverIsSignedIn_AndIsNothingForVisitors()
    {
        var (_, _, photo) = await PhotoAsync("photo-manager");
        await hub.Host.AddUserAsync("photo-agent", AccountHub.Password, Role.Agent);
        using var agent = await hub.Host.SignInAsync("photo-agent", AccountHub.Password);
        foreach (var path in new[] { $"/properties/photos/{photo}", $"/properties/photos/{photo}/small" })
        {
            using var shown = await agent.GetAsync(path, Token);
            Assert.Equal(
                (HttpStatusCode.OK, "image/webp"),
                (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType)
            );
            Assert.True(shown.Headers.CacheControl is { Private: true, MaxAge.TotalDays: 365 });
            Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));

            using var visitor = hub.Host.NewBrowser();
            using var refused = await visitor.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
        }
    }

    [Fact]
    public async Task ClientsPhoto_EndsWithTheLink_AndIsOfItsPropertyAlone()
    {
        var (actor, development, photo) = await PhotoAsync("sharing-manager");
        var (_, _, other) = await PhotoAsync("other-manager");
        var token = await UseAsync<PropertyLinks, string>(links =>
            links.CreateAsync(actor, new LinkOrder(development), Token)
        );
        using var client = hub.Host.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(photo));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other));
        await UseAsync<PropertyLinks, bool>(async links =>
        {
            var link = Assert.Single(await links.ListAsync(actor, development, Token)).Link;
            await links.RevokeAsync(actor, link.Id, Token);
            return true;
        });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(photo));

        async Task<HttpStatusCode> StatusAsync(Guid id)
        {
            using var answer = await client.GetAsync($"/shared/{token}/photos/{id}/small", Token);
            return answer.StatusCode;
        }
    }

    private async Task<(Actor Actor, Guid DevelopmentId, Guid PhotoId)> PhotoAsync(string name)
    {
        var user = await hub.Host.AddUserAsync(name, AccountHub.Password, Role.Manager);
        var actor = new Actor(user.Id, user.DisplayName, Role.Manager, null);
        var (development, photo) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var image = Image.Black(800, 600, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        var jpeg = image.JpegsaveBuffer();
        var file = new HandedIn("a.jpg", "image/jpeg", jpeg.Length, () => new MemoryStream(jpeg));
        await UseAsync<DevelopmentService, long>(service =>
            service.CreateAsync(actor, development, Offers.Input, Token)
        );
        Assert.Null(
            await UseAsync<PhotoService, FileFault?>(service =>
                service.AddAsync(actor, photo, development, file, Token)
            )
        );
        return (actor, development, photo);
    }

    private async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A portal with a folder for files.</summary>
    public sealed class PhotoHub : AccountHub
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-photos");

        protected override HubHostOptions Options =>
            base.Options with
            {
                Settings = new Dictionary<string, string?> { ["Files:Folder"] = _folder.FullName },
            };

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
