using ProPartHub.Tests.Browser;
using Xunit;

namespace ProPartHub.Tests.Gallery;

/// <summary>One portal full of work for tests that look at all of its pages.</summary>
public sealed class GalleryFixture(ChromiumFixture chromium) : IAsyncLifetime
{
    internal GalleryWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        World = await GalleryWorld.StartAsync(chromium, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }
}
