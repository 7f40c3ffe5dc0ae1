using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class ConfirmDialogTests : ComponentTest
{
    [Theory]
    [InlineData("Архівувати", true)]
    [InlineData("Скасувати", false)]
    public async Task Answer_IsTheButtonPressed(string button, bool expected)
    {
        var host = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        var answer = Task.FromResult(false);
        await host.InvokeAsync(() =>
        {
            answer = ConfirmDialog.AskAsync(dialogs, "Архівувати лід?", "Лід зникне зі списків.", "Архівувати", true);
        });
        Assert.Contains("Лід зникне зі списків.", host.Markup, StringComparison.Ordinal);

        await host.FindAll("button").Single(found => found.TextContent.Trim() == button).ClickAsync(new());

        Assert.Equal(expected, await answer);
    }
}
