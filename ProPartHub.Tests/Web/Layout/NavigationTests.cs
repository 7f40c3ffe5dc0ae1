using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Points;
using Xunit;

namespace ProPartHub.Tests.Web.Layout;

public sealed class NavigationTests : ComponentTest
{
    [Theory]
    [InlineData("Agent", "/", "/leads", "/board", "/properties", "/knowledge")]
    [InlineData(
        "Manager",
        "/",
        "/leads",
        "/board",
        "/properties",
        "/knowledge",
        "/reports",
        "/admin/people",
        "/admin/verification",
        "/admin/rules"
    )]
    [InlineData(
        "Admin",
        "/",
        "/leads",
        "/board",
        "/properties",
        "/knowledge",
        "/reports",
        "/admin/people",
        "/admin/verification",
        "/admin/rules",
        "/admin/sync",
        "/admin/audit",
        "/admin/system"
    )]
    public void SideMenu_ShowsWhatTheRoleMayOpen(string role, params string[] expected)
    {
        SignIn(role);

        Assert.Equal(expected, Render<SideNavigation>().FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void BottomMenu_HasNewLeadWithinReach_AndShortNames()
    {
        SignIn("Admin");
        var links = Render<BottomNavigation>().FindAll("a");

        Assert.Equal("/leads/new", links[1].GetAttribute("href"));
        Assert.Equal(
            ["Сьогодні", "Новий", "Ліди", "Дошка"],
            links.Where(link => link.ClassList.Contains("bottom-link")).Select(link => link.TextContent.Trim())
        );
        Assert.Equal(
            [
                "Нерухомість",
                "База знань",
                "Звіти",
                "Люди",
                "Верифікація",
                "Правила",
                "Синхронізація",
                "Аудит",
                "Система",
            ],
            links.Where(link => link.ClassList.Contains("bottom-more-link")).Select(link => link.TextContent.Trim())
        );
    }

    [Fact]
    public void BottomMenu_OfAnAgent_HasTheRestBehindItsLastPlace()
    {
        SignIn("Agent");
        var links = Render<BottomNavigation>().FindAll("a");

        Assert.Equal(
            ["Сьогодні", "Новий", "Ліди", "Дошка"],
            links.Where(link => link.ClassList.Contains("bottom-link")).Select(link => link.TextContent.Trim())
        );
        Assert.Equal(
            ["Нерухомість", "База знань"],
            links.Where(link => link.ClassList.Contains("bottom-more-link")).Select(link => link.TextContent.Trim())
        );
    }

    [Fact]
    public void Menus_AreEmpty_ForAVisitor()
    {
        AddAuthorization().SetNotAuthorized();

        Assert.Empty(Render<SideNavigation>().FindAll("a"));
        Assert.Empty(Render<BottomNavigation>().FindAll("a"));
    }

    [Fact]
    public void UserMenu_SignsOutByAPostedForm()
    {
        SignIn("Manager");
        var menu = Render<UserMenu>();
        var form = menu.Find("form");

        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal("/account/logout", form.GetAttribute("action"));
        Assert.Equal("МК", menu.Find(".avatar").TextContent.Trim());
        Assert.Contains("Менеджер", menu.Find(".user-menu-head").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Agent", "/points", null)]
    [InlineData("Manager", "/points", null)]
    [InlineData("Admin", "/points", "/admin/points")]
    public async Task Points_LeaveTheMenu_WhenTheyAreSwitchedOff_ButForWhoCanSwitchThemOn(
        string role,
        string on,
        string? off
    )
    {
        SignIn(role);
        var menu = Render<UserMenu>();
        Assert.Equal(on, Entry());

        await menu.InvokeAsync(() => Services.GetRequiredService<PointsSwitch>().Show(false));
        menu.WaitForAssertion(() => Assert.Equal(off, Entry()));

        await menu.InvokeAsync(() => Services.GetRequiredService<PointsSwitch>().Show(true));
        menu.WaitForAssertion(() => Assert.Equal(on, Entry()));

        string? Entry() =>
            menu.FindAll(".user-menu-item").Select(entry => entry.GetAttribute("href")).FirstOrDefault(IsPoints);

        static bool IsPoints(string? address) => address?.EndsWith("/points", StringComparison.Ordinal) == true;
    }

    [Fact]
    public void LanguageLinks_ComeBackToThisPage()
    {
        SignIn("Agent");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/leads?stage=new&page=2");

        var english = Render<AppearanceChoice>().Find("a[lang=en]");

        Assert.Equal("/culture?c=en&returnUrl=%2Fleads%3Fstage%3Dnew%26page%3D2", english.GetAttribute("href"));
        Assert.Null(english.GetAttribute("aria-current"));
    }

    private void SignIn(string role) => AddAuthorization().SetAuthorized("Марія Коваленко").SetRoles(role);
}
