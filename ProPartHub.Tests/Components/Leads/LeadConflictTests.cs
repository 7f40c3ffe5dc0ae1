using Bunit;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Two people edit one field: the second is shown both values, chooses, and nothing is stored before.</summary>
public sealed class LeadConflictTests : LeadComponentTest
{
    [Theory]
    [InlineData(0, "Моя компанія")]
    [InlineData(1, "Чужа компанія")]
    public async Task Choice_IsOpenAtFirst_AndThenStored(int choice, string stored)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var editor = await OpenAsync(lead.Id);
        await WriteAsync(editor, "Моя компанія");
        await ByAnotherAsync(lead.Id, "Чужа компанія");

        await SaveAsync(editor);

        editor.WaitForElement(".conflict");
        var radios = editor.FindAll(".conflict input");
        Assert.All(radios, radio => Assert.False(radio.HasAttribute("checked")));
        Assert.Contains("Моя компанія", radios[0].ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Чужа компанія", radios[1].ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Чужа компанія", (await Bed.LoadAsync(lead.Id)).Company);
        Assert.NotEmpty(JSInterop.Invocations["Blazor._internal.domWrapper.focus"]);

        await editor.InvokeAsync(() => editor.FindAll(".conflict input")[choice].Change("on"));
        await SaveAsync(editor);

        editor.WaitForAssertion(() => Assert.Empty(editor.FindAll("form")));
        Assert.Equal(stored, (await Bed.LoadAsync(lead.Id)).Company);
    }

    [Fact]
    public async Task SavedAgainWithoutAChoice_StillStoresNothing()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var editor = await OpenAsync(lead.Id);
        await WriteAsync(editor, "Моя компанія");
        await ByAnotherAsync(lead.Id, "Чужа компанія");

        await SaveAsync(editor);
        editor.WaitForElement(".conflict");
        await SaveAsync(editor);

        Assert.Equal("Чужа компанія", (await Bed.LoadAsync(lead.Id)).Company);
        Assert.Equal("Моя компанія", editor.Find("#lead-Company").GetAttribute("value"));
    }

    private async Task<IRenderedComponent<LeadEditor>> OpenAsync(Guid leadId)
    {
        SignIn(Bed.Olena);
        var details = await Bed.Get<LeadQueries>().DetailsAsync(Bed.Olena, leadId, Token);
        var editor = Render<LeadEditor>(parameters =>
            parameters
                .Add(page => page.Lead, details)
                .Add(page => page.Actor, Bed.Olena)
                .Add(page => page.OnSaved, EventCallback.Empty)
                .Add(page => page.OnGone, EventCallback.Empty)
        );
        await editor.InvokeAsync(() => editor.Instance.OpenAsync());
        editor.WaitForElement("#lead-Company");
        return editor;
    }

    private static Task WriteAsync(IRenderedComponent<LeadEditor> editor, string company) =>
        editor.InvokeAsync(() => editor.Find("#lead-Company").Change(company));

    private static Task SaveAsync(IRenderedComponent<LeadEditor> editor) =>
        editor.InvokeAsync(() => editor.Find("form").SubmitAsync());

    private async Task ByAnotherAsync(Guid leadId, string company)
    {
        var opened = LeadInput.From(await Bed.LoadAsync(leadId));
        var typed = opened with { Company = company };
        await Bed.Get<LeadService>().EditAsync(Bed.Nina, leadId, opened, typed, new HashSet<LeadField>(), Token);
    }
}
