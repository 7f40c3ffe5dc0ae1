using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Timeline;

/// <summary>Files come with comments, are seen by those who see the lead, and go when their time has come.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("propart-attachments-");
    private HubBed _bed = null!;
    private LeadCreated _lead = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CommentService Comments => _bed.Get<CommentService>();

    private AttachmentQueries Queries => _bed.Get<AttachmentQueries>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _bed.TakeFiles(_folder);
        _lead = await _bed.LeadAsync(_bed.Olena, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task WhatIsNotWhatItsNameSays_IsNotStored()
    {
        Assert.Equal(
            AttachmentFault.WrongType,
            await TakeAsync(_bed.Olena, AttachmentFiles.File("picture.jpg", AttachmentFiles.Png))
        );
        Assert.Equal(0, await RowsAsync());
    }

    [Fact]
    public async Task EmptyOrTooLarge_IsRefusedUnread()
    {
        HandedIn Unread(long size) =>
            new("a.png", null, size, () => throw new InvalidOperationException("It was read."));

        Assert.Equal(AttachmentFault.Empty, await TakeAsync(_bed.Olena, Unread(0)));
        Assert.Equal(AttachmentFault.TooLarge, await TakeAsync(_bed.Olena, Unread(CommentAttachment.LargestSize + 1)));
    }

    [Fact]
    public async Task Sent_ItIsInTheTimelineTheHistoryAndTheClientsFile_UnderASafeName()
    {
        Guid[] files =
        [
            await _bed.UploadAsync(_bed.Olena, _lead.Id, "..\\..\\фасад \"1\".png"),
            await _bed.UploadAsync(_bed.Olena, _lead.Id),
        ];
        var comment = await SendAsync(_bed.Olena, files);

        var shown = Assert.Single(await ShownAsync());
        Assert.Equal(["фасад 1.png", "фасад.png"], shown.Attachments.Select(file => file.Name));
        var added = await _bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(row => row.SubjectId == comment && row.Kind == LeadEventKind.CommentAdded)
        );
        Assert.Contains(new FieldChange(FieldChange.Attachments, null, "фасад 1.png, фасад.png"), added.Changes);
        Assert.Equal(2, (await _bed.ReadAsync(db => db.Comments.SingleAsync())).AttachmentCount);
        using var export = new MemoryStream();
        await _bed.Get<ClientRecords>().ExportAsync(_bed.Ada, _lead.Id, _ => export, Token);
        using var json = System.Text.Json.JsonDocument.Parse(export.ToArray());
        var named = json.RootElement.GetProperty("leads")[0].GetProperty("comments")[0].GetProperty("attachments");
        Assert.Equal("фасад 1.png", named[0].GetProperty("name").GetString());
        Assert.DoesNotContain(Stored(), file => IsReadable(file.FullName));
        Assert.NotEmpty(Stored());
    }

    [Fact]
    public async Task WhatIsNotOnesOwn_OrOfAnotherLead_OrSentAlready_IsNotSent()
    {
        var other = await _bed.LeadAsync(_bed.Olena, 2);
        var ninas = await _bed.UploadAsync(_bed.Nina, _lead.Id);
        var elsewhere = await _bed.UploadAsync(_bed.Olena, other.Id);
        var sent = await _bed.UploadAsync(_bed.Olena, _lead.Id);
        await SendAsync(_bed.Olena, [sent]);

        foreach (var file in new[] { ninas, elsewhere, sent, Guid.CreateVersion7() })
        {
            await Assert.ThrowsAsync<InvalidInputException>(() => SendAsync(_bed.Olena, [file]));
        }

        Assert.Single(await ShownAsync());
    }

    [Fact]
    public async Task MoreThanFit_AreRefused()
    {
        var ids = new List<Guid>();
        for (var number = 0; number < CommentAttachment.MostUnsent; number++)
        {
            ids.Add(await _bed.UploadAsync(_bed.Olena, _lead.Id));
        }

        Assert.Equal(
            AttachmentFault.TooManyUnsent,
            await TakeAsync(_bed.Olena, AttachmentFiles.File("a.png", AttachmentFiles.Png))
        );
        Assert.Equal(CommentAttachment.MostUnsent, await RowsAsync());
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            SendAsync(_bed.Olena, ids[..(CommentAttachment.MostOfComment + 1)])
        );
    }

    [Fact]
    public async Task UploadsAtOnce_DoNotPassTheLimitTogether()
    {
        var leads = await Task.WhenAll(Enumerable.Range(2, 5).Select(number => _bed.LeadAsync(_bed.Olena, number)));
        for (var number = 1; number < CommentAttachment.MostUnsent; number++)
        {
            await _bed.UploadAsync(_bed.Olena, _lead.Id);
        }

        var ends = await Task.WhenAll(
            leads.Select(lead =>
                _bed.Get<AttachmentService>()
                    .UploadAsync(
                        _bed.Olena,
                        Guid.CreateVersion7(),
                        lead.Id,
                        AttachmentFiles.File("a.png", AttachmentFiles.Png),
                        Token
                    )
            )
        );

        Assert.Single(ends, end => end is null);
        Assert.Equal(CommentAttachment.MostUnsent, await RowsAsync());
    }

    [Fact]
    public async Task Person_UploadsNoMoreThanADayHolds()
    {
        var first = await _bed.UploadAsync(_bed.Olena, _lead.Id);
        var left = CommentAttachment.LargestOfDay - AttachmentFiles.Png.Length;
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .CommentAttachments.Where(row => row.Id == first)
                        .ExecuteUpdateAsync(row => row.SetProperty(file => file.Size, left), token),
                Token
            );
        Assert.Null(await TakeAsync(_bed.Olena, AttachmentFiles.File("a.png", AttachmentFiles.Png)));

        var refusal = await TakeAsync(_bed.Olena, AttachmentFiles.File("b.png", AttachmentFiles.Png));

        Assert.Equal(AttachmentFault.TooMuchOfDay, refusal);
        Assert.Null(await TakeAsync(_bed.Nina, AttachmentFiles.File("b.png", AttachmentFiles.Png)));
        _bed.Time.Advance(CommentAttachment.Day);
        Assert.Null(await TakeAsync(_bed.Olena, AttachmentFiles.File("b.png", AttachmentFiles.Png)));
    }

    [Fact]
    public async Task Opening_GoesByTheLead_AndIsOnRecordWheneverContentIsGivenOut()
    {
        var file = await _bed.UploadAsync(_bed.Olena, _lead.Id);
        await Assert.ThrowsAsync<NotFoundException>(() => OpenAsync(_bed.Nina, file));
        await SendAsync(_bed.Olena, [file]);

        foreach (var stranger in new[] { _bed.Taras, _bed.James, _bed.Mark })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => OpenAsync(stranger, file));
            await Assert.ThrowsAsync<NotFoundException>(() => Queries.OpenAsync(stranger, file, isHeld: true, Token));
        }

        Assert.Null((await Queries.OpenAsync(_bed.Nina, file, isHeld: true, Token)).Content);
        Assert.Equal(AttachmentFiles.Png, await OpenAsync(_bed.Nina, file));
        var opened = Assert.Single(await EventsAsync(SecurityEventKind.AttachmentOpened));
        Assert.Equal((_bed.Nina.UserId, _lead.Id), (opened.ActorId, opened.LeadId));
        Assert.DoesNotContain(opened.Details.Values, value => value!.Contains("фасад", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MeddledFile_IsNotGivenOut_AndThatIsOnRecord()
    {
        var file = await _bed.UploadAsync(_bed.Olena, _lead.Id);
        await File.WriteAllBytesAsync(Assert.Single(Stored()).FullName, AttachmentFiles.Png, Token);

        await Assert.ThrowsAsync<FileUnreadableException>(() => OpenAsync(_bed.Olena, file));

        Assert.Single(await EventsAsync(SecurityEventKind.AttachmentUnreadable));
        Assert.Empty(await EventsAsync(SecurityEventKind.AttachmentOpened));
    }

    [Fact]
    public async Task OfADeletedComment_ItIsHidden_ComesBackWithIt_AndGoesAfterADay()
    {
        var file = await _bed.UploadAsync(_bed.Olena, _lead.Id);
        var comment = await SendAsync(_bed.Olena, [file]);
        await Comments.DeleteAsync(_bed.Olena, comment, Token);
        await Assert.ThrowsAsync<NotFoundException>(() => OpenAsync(_bed.Olena, file));
        Assert.Equal(0, await SweepAsync());

        await Comments.RestoreAsync(_bed.Olena, comment, Token);
        _bed.Time.Advance(CommentService.RestoredWithin * 2);
        Assert.Equal(0, await SweepAsync());
        Assert.Equal(AttachmentFiles.Png, await OpenAsync(_bed.Olena, file));

        await Comments.DeleteAsync(_bed.Olena, comment, Token);
        _bed.Time.Advance(CommentService.RestoredWithin);
        Assert.Equal(1, await SweepAsync());
        _bed.Time.Advance(FileSweep.KeptFor);
        Assert.Equal(1, await _bed.Get<FileSweep>().RunAsync(Token));
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Unsent_IsTakenBackByItsUploader_OrGoesAfterADay()
    {
        var (given, forgotten) = (
            await _bed.UploadAsync(_bed.Olena, _lead.Id),
            await _bed.UploadAsync(_bed.Olena, _lead.Id)
        );
        await _bed.Get<AttachmentService>().RemoveAsync(_bed.Nina, given, Token);
        Assert.Equal(2, (await UnsentAsync(_bed.Olena, given, forgotten)).Count);
        Assert.Empty(await UnsentAsync(_bed.Nina, given, forgotten));

        await _bed.Get<AttachmentService>().RemoveAsync(_bed.Olena, given, Token);
        Assert.Equal([forgotten], await UnsentAsync(_bed.Olena, given, forgotten));
        Assert.Equal(1, await SweepAsync());
        Assert.Single(await EventsAsync(SecurityEventKind.AttachmentRemoved));

        _bed.Time.Advance(CommentAttachment.WaitsFor);
        Assert.Empty(await UnsentAsync(_bed.Olena, forgotten));
        await Assert.ThrowsAsync<InvalidInputException>(() => SendAsync(_bed.Olena, [forgotten]));
        Assert.Equal(1, await SweepAsync());
        Assert.Equal(0, await RowsAsync());
    }

    [Fact]
    public async Task OfAnErasedClient_NothingIsLeft()
    {
        await SendAsync(_bed.Olena, [await _bed.UploadAsync(_bed.Olena, _lead.Id)], "@Ніна Коваль");
        await _bed.UploadAsync(_bed.Nina, _lead.Id);

        await _bed.Get<ClientErasure>()
            .EraseAsync(_bed.Ada, _lead.Id, $"{_lead.Number}", "прохання", [_lead.Id], Token);

        Assert.Equal(0, await RowsAsync());
        _bed.Time.Advance(FileSweep.KeptFor + TimeSpan.FromMinutes(1));
        await _bed.Get<FileSweep>().RunAsync(Token);
        Assert.Empty(Stored());
        Assert.Equal(0, await _bed.ReadAsync(db => db.CommentMentions.CountAsync()));
    }

    [Fact]
    public async Task WhoOnlyLooks_UploadsNothing()
    {
        var looking = _bed.Olena with { ViewerId = _bed.Ada.UserId };

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            TakeAsync(looking, AttachmentFiles.File("a.png", AttachmentFiles.Png))
        );
        Assert.Equal(0, await RowsAsync());
    }

    private static bool IsReadable(string path) => File.ReadAllBytes(path).AsSpan().IndexOf("PNG"u8) >= 0;

    private Task<AttachmentFault?> TakeAsync(Actor actor, HandedIn file) =>
        _bed.Get<AttachmentService>().UploadAsync(actor, Guid.CreateVersion7(), _lead.Id, file, Token);

    private async Task<Guid> SendAsync(Actor actor, IReadOnlyCollection<Guid> files, string text = "Дивіться")
    {
        var id = Guid.CreateVersion7();
        await Comments.AddAsync(actor, id, _lead.Id, text, null, files, Token);
        return id;
    }

    private async Task<byte[]> OpenAsync(Actor actor, Guid file)
    {
        await using var content = (await Queries.OpenAsync(actor, file, isHeld: false, Token)).Content!;
        using var read = new MemoryStream();
        await content.CopyToAsync(read, Token);
        return read.ToArray();
    }

    private async Task<IReadOnlyList<Guid>> UnsentAsync(Actor actor, params Guid[] ids) =>
        [.. (await Queries.UnsentAsync(actor, _lead.Id, ids, Token)).Select(file => file.Id)];

    private async Task<IReadOnlyList<CommentView>> ShownAsync() =>
        [
            .. (
                await _bed.Get<TimelineQueries>()
                    .PageAsync(_bed.Nina, _lead.Id, TimelineKinds.Comments, null, 50, Token)
            ).Entries.Select(entry => entry.Comment!),
        ];

    private Task<List<SecurityEvent>> EventsAsync(SecurityEventKind kind) =>
        _bed.ReadAsync(db => db.SecurityEvents.Where(row => row.Kind == kind).ToListAsync());

    private FileInfo[] Stored() => _folder.GetFiles("*", SearchOption.AllDirectories);

    private Task<int> RowsAsync() => _bed.ReadAsync(db => db.CommentAttachments.CountAsync());

    private Task<int> SweepAsync() => _bed.Get<AttachmentSweep>().RunAsync(Token);
}
