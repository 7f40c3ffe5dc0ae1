using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Notifications;
using Xunit;

namespace ProPartHub.Tests.Web.Layout;

public sealed class MainLayoutTests : ComponentTest
{
    private bool _pageFails = true;

    public MainLayoutTests()
    {
        AddAuthorization().SetAuthorized("Марія Коваленко").SetRoles("Agent");
        // It reads the database, which this layout has none of.
        ComponentFactories.AddStub<NotificationBell>();
    }

    [Fact]
    public void FailedPage_LeavesTheShell_AndCanBeTriedAgain()
    {
        var layout = Show();
        Assert.Contains("Ця частина сторінки не спрацювала", layout.Find("main").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(layout.FindAll("#shell-nav a"));

        _pageFails = false;
        layout.Find("main button").Click();

        Assert.Contains("сторінка працює", layout.Find("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void FailedPage_IsLeftByGoingElsewhere()
    {
        var layout = Show();

        _pageFails = false;
        Services.GetRequiredService<NavigationManager>().NavigateTo("/board");
        layout.Render(parameters => parameters.Add(shell => shell.Body, Page));

        Assert.Contains("сторінка працює", layout.Find("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void SkipLink_StaysOnThePage()
    {
        _pageFails = false;
        Services.GetRequiredService<NavigationManager>().NavigateTo("/leads?page=2");

        Assert.Equal("leads?page=2#main", Show().Find(".skip-link").GetAttribute("href"));
    }

    [Fact]
    public void Landmarks_AreNamed()
    {
        _pageFails = false;
        var layout = Show();

        Assert.Single(layout.FindAll("main"));
        Assert.All(
            layout.FindAll("nav"),
            nav => Assert.False(string.IsNullOrWhiteSpace(nav.GetAttribute("aria-label")))
        );
        Assert.All(
            layout.FindAll("button"),
            button => Assert.NotEqual("", (button.GetAttribute("aria-label") ?? button.TextContent).Trim())
        );
    }

    private IRenderedComponent<MainLayout> Show() =>
        Render<MainLayout>(parameters => parameters.Add(layout => layout.Body, Page));

    private void Page(RenderTreeBuilder builder)
    {
        builder.OpenComponent<MaybeFailing>(0);
        builder.AddComponentParameter(1, nameof(MaybeFailing.Fails), (Func<bool>)(() => _pageFails));
        builder.CloseComponent();
    }

    private sealed class MaybeFailing : ComponentBase
    {
        [Parameter]
        public Func<bool> Fails { get; set; } = () => false;

        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddContent(0, Fails() ? throw new InvalidOperationException("broken page") : "сторінка працює");
    }
}
