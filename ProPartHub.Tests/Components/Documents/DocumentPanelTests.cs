using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Timeline;
using ProPartHub.Web.Components.Documents;
using Xunit;

namespace ProPartHub.Tests.Components.Documents;

/// <summary>The panel of documents: its states, what is added, called otherwise and removed, and what others do meanwhile.</summary>
public sealed class DocumentPanelTests : LeadComponentTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-documents");

    [Fact]
    public async Task Panel_SaysWhatIsMissing_AndTakesFiles()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        SignIn(Bed.Olena);
        var without = Panel(lead.Id);
        without.WaitForAssertion(() =>
            Assert.Contains("не налаштовано", without.Find(".document-none").TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(without.FindAll("#documents-add"));

        Bed.TakeFiles(_folder);
        var panel = Panel(lead.Id);
        panel.WaitForElement("#documents-add");
        Assert.Contains("Документів ще немає", panel.Find(".document-none").TextContent, StringComparison.Ordinal);

        // Not from the renderer's own thread: it waits until the files have been read there.
        panel
            .FindComponent<InputFile>()
            .UploadFiles(
                InputFileContent.CreateFromBinary(FileBed.Content(4000), "Бронь.pdf"),
                InputFileContent.CreateFromText("<html>", "Сторінка.pdf")
            );

        panel.WaitForElement(".document-title");
        Assert.Equal("Бронь", panel.Find(".document-title").TextContent);
        Assert.Contains("Сторінка.pdf", panel.Find(".document-faults").TextContent, StringComparison.Ordinal);
        Assert.Equal("1", panel.Find(".panel-count").TextContent);
    }

    [Fact]
    public async Task Title_IsChanged_ABlankOneIsRefusedAtItsField_AndRemovalIsTakenBack()
    {
        var (lead, id) = await AddedAsync();
        SignIn(Bed.Olena);
        var panel = Panel(lead);
        panel.WaitForElement("[aria-label='Змінити назву й опис «План»']");

        await panel.InvokeAsync(() => panel.Find("[aria-label='Змінити назву й опис «План»']").Click());
        await panel.InvokeAsync(() => panel.Find("#document-title").Input(" "));
        await panel.InvokeAsync(() => panel.Find("form").Submit());
        panel.WaitForElement("#document-title-fault");
        await panel.InvokeAsync(() => panel.Find("#document-title").Input("План поверху"));
        await panel.InvokeAsync(() => panel.Find("form").Submit());
        panel.WaitForAssertion(() => Assert.Equal("План поверху", panel.Find(".document-title").TextContent));

        await panel.InvokeAsync(() => panel.Find("[aria-label='Вилучити «План поверху»']").Click());
        panel.WaitForElement(".document-none");
        Assert.NotNull((await Bed.ReadAsync(db => db.Documents.SingleAsync(row => row.Id == id))).RemovedAt);
    }

    [Fact]
    public async Task Versions_AreShownOnAsking()
    {
        var (lead, id) = await AddedAsync();
        await Bed.Get<DocumentService>()
            .AddVersionAsync(
                Bed.Olena,
                id,
                Guid.CreateVersion7(),
                FileBed.Pdf(FileBed.Content(500, 9), "План 2.pdf"),
                CancellationToken.None
            );
        SignIn(Bed.Olena);
        var panel = Panel(lead);
        panel.WaitForElement(".document-versions");

        await panel.InvokeAsync(() => panel.Find(".document-versions").Click());

        panel.WaitForAssertion(() =>
            Assert.Equal(["План 2.pdf", "План.pdf"], panel.FindAll(".versions a").Select(link => link.TextContent))
        );
    }

    [Fact]
    public async Task Pdf_IsShownInThePage_WithWhatThereIsToSayOfIt()
    {
        var (lead, id) = await AddedAsync();
        SignIn(Bed.Olena);
        var panel = Panel(lead);

        var link = panel.WaitForElement(".documents[data-gallery][data-recorded] a[data-photo]");

        Assert.Equal(
            ("pdf", "План", $"/documents/files/{id}", $"/documents/files/{id}?show=1"),
            (
                link.GetAttribute("data-kind"),
                link.GetAttribute("data-caption"),
                link.GetAttribute("data-save"),
                link.GetAttribute("href")
            )
        );
        Assert.Contains("Олена Гнатюк", link.GetAttribute("data-facts"), StringComparison.Ordinal);
        // Without its script it is a link to a tab of its own.
        Assert.Equal("_blank", link.GetAttribute("target"));
    }

    [Fact]
    public async Task UnverifiedAgent_IsShownTheWay()
    {
        var (lead, _) = await AddedAsync();
        await Bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .Users.Where(user => user.Id == Bed.Olena.UserId)
                        .ExecuteUpdateAsync(user => user.SetProperty(row => row.IsVerified, false), token),
                CancellationToken.None
            );
        SignIn(Bed.Olena);

        var panel = Panel(lead);

        panel.WaitForElement("a[href='/account/verification']");
        Assert.Empty(panel.FindAll(".document"));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _folder.Delete(recursive: true);
    }

    private IRenderedComponent<DocumentPanel> Panel(Guid lead) =>
        Render<DocumentPanel>(parameters =>
            parameters.Add(panel => panel.Owner, new DocumentOwner(DocumentOwnerKind.Lead, lead))
        );

    private async Task<(Guid Lead, Guid Document)> AddedAsync()
    {
        Bed.TakeFiles(_folder);
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var id = Guid.CreateVersion7();
        await Bed.Get<DocumentService>()
            .AddAsync(
                Bed.Olena,
                id,
                new(DocumentOwnerKind.Lead, lead.Id),
                FileBed.Pdf(FileBed.Content(500), "План.pdf"),
                CancellationToken.None
            );
        return (lead.Id, id);
    }
}
