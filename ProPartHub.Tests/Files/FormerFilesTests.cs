using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Files;

/// <summary>What lay in a folder of its own before there was a store comes into it, and nothing is lost on the way.</summary>
public sealed class FormerFilesTests : IAsyncLifetime
{
    private static readonly byte[] Paper = Encoding.UTF8.GetBytes("%PDF-1.7\nПаспорт\n");
    private static readonly byte[] Facade = Encoding.UTF8.GetBytes("%PDF-1.7\nФасад\n");

    private readonly DirectoryInfo _former = Directory.CreateTempSubdirectory("propart-former-");
    private FileBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await FileBed.CreateAsync(inBucket: false, Token);

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _former.Delete(recursive: true);
    }

    [Fact]
    public async Task Files_SealedOrPlain_AreInTheStore_AndTheFolderIsEmpty()
    {
        var lead = await _bed.Hub.LeadAsync(_bed.Hub.Olena, 1);
        await PutAsync("a.enc", Sealed("a.enc", Paper));
        await PutAsync("b", Facade);
        await AddAsync(db =>
        {
            db.VerificationRequests.Add(RequestWith("a.enc"));
            db.CommentAttachments.Add(AttachmentOf(lead.Id, "b"));
        });

        // Two instances start at once.
        var brought = await Task.WhenAll(Former().RunAsync(Token), Former().RunAsync(Token));

        Assert.Equal(2, brought.Sum());
        Assert.Empty(_former.GetFiles());
        var paper = await _bed.Hub.ReadAsync(db => db.VerificationDocuments.SingleAsync());
        var facade = await _bed.Hub.ReadAsync(db => db.CommentAttachments.SingleAsync());
        Assert.Null(paper.FormerFileName);
        Assert.Null(facade.FormerFileName);
        Assert.Equal(Paper, await ReadAsync(paper.StoredFileId!.Value));
        Assert.Equal(Facade, await ReadAsync(facade.StoredFileId!.Value));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("another's")]
    [InlineData("gone")]
    public async Task File_ThatCannotBeRead_StaysWhereItIs_AndHoldsUpNoOther(string how)
    {
        var content = Sealed(how == "another's" ? "z.enc" : "a.enc", Paper);
        content[^1] ^= how == "changed" ? (byte)1 : (byte)0;
        if (how != "gone")
        {
            await PutAsync("a.enc", content);
        }

        await PutAsync("b.enc", Sealed("b.enc", Facade));
        await AddAsync(db => db.VerificationRequests.Add(RequestWith("a.enc", "b.enc")));

        Assert.Equal(1, await Former().RunAsync(Token));

        var rows = await _bed.Hub.ReadAsync(db => db.VerificationDocuments.ToListAsync());
        Assert.Equal("a.enc", Assert.Single(rows, row => row.StoredFileId is null).FormerFileName);
        Assert.Equal(how != "gone", File.Exists(Path.Combine(_former.FullName, "a.enc")));
    }

    private FormerFiles Former() =>
        new(
            _bed.Hub.Get<HubDatabase>(),
            _bed.Store,
            _bed.Hub.Get<IDataProtectionProvider>(),
            Options.Create(new HubFileOptions { FormerFolder = _former.FullName }),
            _bed.Hub.Get<WorkLog>(),
            _bed.Hub.Time,
            NullLogger<FormerFiles>.Instance
        );

    private byte[] Sealed(string name, byte[] content) =>
        _bed
            .Hub.Get<IDataProtectionProvider>()
            .CreateProtector("ProPartHub.Documents.v1")
            .CreateProtector(name)
            .Protect(content);

    private Task PutAsync(string name, byte[] content) =>
        File.WriteAllBytesAsync(Path.Combine(_former.FullName, name), content, Token);

    private Task AddAsync(Action<HubDbContext> add) =>
        _bed
            .Hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    add(db);
                    return Task.CompletedTask;
                },
                Token
            );

    private VerificationRequest RequestWith(params string[] files)
    {
        var request = new VerificationRequest
        {
            UserId = _bed.Hub.Olena.UserId,
            State = VerificationState.Waiting,
            AskedAt = _bed.Hub.Time.GetUtcNow(),
        };
        foreach (var file in files)
        {
            request.Documents.Add(
                new()
                {
                    Name = "паспорт.pdf",
                    Type = FileType.Pdf,
                    Size = Paper.Length,
                    FormerFileName = file,
                }
            );
        }

        return request;
    }

    private CommentAttachment AttachmentOf(Guid leadId, string file) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            LeadId = leadId,
            UploadedById = _bed.Hub.Olena.UserId,
            Name = "фасад.pdf",
            Type = FileType.Pdf,
            Size = Facade.Length,
            FormerFileName = file,
            UploadedAt = _bed.Hub.Time.GetUtcNow(),
        };

    private async Task<byte[]> ReadAsync(Guid id)
    {
        await using var content = await _bed.Store.OpenAsync(id, Token);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
