using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Every page says itself who may see it. The rule of its address counts only once, when a browser opens it; a page that is
/// open already would stay, and work, after its person was signed out.
/// </summary>
public sealed class PageRightsTests
{
    public static TheoryData<Type> Pages =>
        [
            .. typeof(HubApplication)
                .Assembly.GetTypes()
                .Where(type => type.IsDefined(typeof(RouteAttribute), inherit: false)),
        ];

    [Fact]
    public void Pages_AreFound() => Assert.True(Pages.Count > 20);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_AsksForSignIn_OrSaysThatItDoesNot(Type page) =>
        Assert.Contains(page.GetCustomAttributes(inherit: true), rule => rule is IAuthorizeData or IAllowAnonymous);
}
