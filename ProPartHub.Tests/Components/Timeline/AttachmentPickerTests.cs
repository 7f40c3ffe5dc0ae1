using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Timeline;
using ProPartHub.Web.Components.Timeline;
using Xunit;

namespace ProPartHub.Tests.Components.Timeline;

/// <summary>Files chosen for a comment are uploaded at once, stand beside it as chips and go with it.</summary>
public sealed class AttachmentPickerTests : LeadComponentTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("propart-attachments-");
    private Guid _lead;

    [Fact]
    public async Task Chosen_IsUploaded_CanBeRemoved_AndIsSentWithTheComment()
    {
        var writer = Open();
        Choose(writer, ("фасад.png", AttachmentFiles.Png), ("plan.pdf", "%PDF-1.7"u8.ToArray()));
        writer.WaitForAssertion(() => Assert.Equal(["фасад.png", "plan.pdf"], Chips(writer)));

        await writer.InvokeAsync(() => writer.FindAll(".picker-remove")[1].Click());
        writer.WaitForAssertion(() => Assert.Equal(["фасад.png"], Chips(writer)));
        await writer.InvokeAsync(() => writer.Find("#comment").Input("Ось фасад"));
        await writer.InvokeAsync(() => writer.Find("form.writer").Submit());

        writer.WaitForAssertion(() => Assert.Empty(Chips(writer)));
        var sent = await Bed.ReadAsync(db => db.CommentAttachments.SingleAsync(row => row.RemoveAt == null));
        Assert.Equal("фасад.png", sent.Name);
    }

    [Fact]
    public async Task WhatIsNotTaken_IsToldByItsName_AndTheOthersAre()
    {
        var writer = Open();
        Choose(writer, ("page.png", "<html>"u8.ToArray()), ("фасад.png", AttachmentFiles.Png));

        writer.WaitForAssertion(() => Assert.Equal(["фасад.png"], Chips(writer)));
        Assert.Contains("«page.png»", writer.Find(".field-error").TextContent, StringComparison.Ordinal);

        Choose(writer, [.. Enumerable.Range(1, 5).Select(number => ($"{number}.png", AttachmentFiles.Png))]);
        writer.WaitForAssertion(() =>
            Assert.Contains("не більше ніж 5", writer.Find(".field-error").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(1, await Bed.ReadAsync(db => db.CommentAttachments.CountAsync()));
    }

    [Fact]
    public async Task WaitedTooLong_IsTold_AndTheTextStays()
    {
        var writer = Open();
        Choose(writer, ("фасад.png", AttachmentFiles.Png));
        writer.WaitForAssertion(() => Assert.Single(Chips(writer)));
        Bed.Time.Advance(CommentAttachment.WaitsFor);

        await writer.InvokeAsync(() => writer.Find("#comment").Input("Ось фасад"));
        await writer.InvokeAsync(() => writer.Find("form.writer").Submit());

        writer.WaitForElement(".writer-fault");
        Assert.Empty(Chips(writer));
        Assert.Equal("Ось фасад", writer.Find("#comment").GetAttribute("value"));
        Assert.Equal(0, await Bed.ReadAsync(db => db.Comments.CountAsync()));
    }

    [Fact]
    public void WithoutAFolder_ThereIsNothingToChoose()
    {
        Assert.Single(Open().FindAll(".picker"));
        Bed.TakeFiles(null);

        Assert.Empty(Open().FindAll(".picker"));
    }

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Bed.TakeFiles(_folder);
        _lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _folder.Delete(recursive: true);
    }

    private static void Choose(
        IRenderedComponent<CommentWriter> writer,
        params (string Name, byte[] Content)[] files
    ) =>
        writer
            .FindComponent<InputFile>()
            .UploadFiles([.. files.Select(file => InputFileContent.CreateFromBinary(file.Content, file.Name))]);

    private static IReadOnlyList<string> Chips(IRenderedComponent<CommentWriter> writer) =>
        [.. writer.FindAll(".picker-name").Select(chip => chip.TextContent)];

    private IRenderedComponent<CommentWriter> Open()
    {
        SignIn(Bed.Olena);
        return Render<CommentWriter>(parameters =>
            parameters.Add(writer => writer.LeadId, _lead).Add(writer => writer.Actor, Bed.Olena)
        );
    }
}
