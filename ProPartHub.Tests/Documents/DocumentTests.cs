using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Documents;

/// <summary>Documents of leads, people and properties: who may do what, versions, and what becomes of removed ones.</summary>
public sealed class DocumentTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-documents");
    private HubBed _bed = null!;
    private DocumentOwner _lead;
    private DocumentOwner _property;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DocumentService Service => _bed.Get<DocumentService>();

    private DocumentQueries Queries => _bed.Get<DocumentQueries>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _bed.TakeFiles(_folder);
        _lead = new(DocumentOwnerKind.Lead, (await _bed.LeadAsync(_bed.Olena, 1)).Id);
        _property = new(DocumentOwnerKind.Property, (await _bed.OfferAsync()).Id);
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("lead", "olena", DocumentAccess.Add)]
    [InlineData("lead", "taras", null)]
    [InlineData("lead", "nina", DocumentAccess.Keep)]
    [InlineData("lead", "mark", null)]
    [InlineData("lead", "ada", DocumentAccess.Keep)]
    [InlineData("olena", "olena", DocumentAccess.Read)]
    [InlineData("olena", "taras", null)]
    [InlineData("olena", "nina", DocumentAccess.Keep)]
    [InlineData("olena", "mark", null)]
    [InlineData("olena", "ada", DocumentAccess.Keep)]
    [InlineData("nina", "nina", DocumentAccess.Read)]
    [InlineData("property", "olena", DocumentAccess.Read)]
    [InlineData("property", "james", DocumentAccess.Read)]
    [InlineData("property", "mark", DocumentAccess.Keep)]
    [InlineData("property", "ada", DocumentAccess.Keep)]
    public async Task EachRole_MayDoItsOwn_AndNoMore(string owner, string who, DocumentAccess? access)
    {
        var (whose, actor) = (Owner(owner), Person(who));
        var (kept, own) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AddAsync(_bed.Ada, kept, whose);

        if (access is null)
        {
            await Assert.ThrowsAsync<NotFoundException>(() => Queries.ListAsync(actor, whose, Token));
            await Assert.ThrowsAsync<NotFoundException>(() => AddAsync(actor, own, whose));
            await Assert.ThrowsAsync<NotFoundException>(() => Queries.OpenAsync(actor, kept, isHeld: true, Token));
            await Assert.ThrowsAsync<NotFoundException>(() => Queries.VersionsAsync(actor, kept, Token));
            await Assert.ThrowsAsync<NotFoundException>(() => Service.RemoveAsync(actor, kept, Token));
            return;
        }

        var list = await Queries.ListAsync(actor, whose, Token);
        Assert.Equal(access, list.Access);
        Assert.Equal(access is DocumentAccess.Keep, Assert.Single(list.Documents).MayChange);
        await (await Queries.OpenAsync(actor, kept, isHeld: false, Token)).Content!.DisposeAsync();
        if (access is DocumentAccess.Read)
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => AddAsync(actor, own, whose));
        }
        else
        {
            Assert.Null(await AddAsync(actor, own, whose));
            await Service.DescribeAsync(actor, own, "Бронь", null, Token);
        }

        if (access is not DocumentAccess.Keep)
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => Service.DescribeAsync(actor, kept, "Моє", null, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Service.RemoveAsync(actor, kept, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() =>
                Service.AddVersionAsync(actor, kept, Guid.CreateVersion7(), File(2), Token)
            );
        }
    }

    [Fact]
    public async Task UnverifiedAgent_ReadsOwnDocuments_AndNoOthers()
    {
        var (ofLead, ofOlena) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AddAsync(_bed.Ada, ofLead, _lead);
        await AddAsync(_bed.Ada, ofOlena, Owner("olena"));
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .Users.Where(user => user.Id == _bed.Olena.UserId)
                        .ExecuteUpdateAsync(user => user.SetProperty(row => row.IsVerified, false), token),
                Token
            );

        foreach (var owner in new[] { _lead, _property })
        {
            var list = await Queries.ListAsync(_bed.Olena, owner, Token);
            Assert.Equal((DocumentAccess.NeedsVerification, 0), (list.Access, list.Documents.Count));
            await Assert.ThrowsAsync<ForbiddenException>(() => AddAsync(_bed.Olena, Guid.CreateVersion7(), owner));
        }

        await Assert.ThrowsAsync<ForbiddenException>(() => Queries.OpenAsync(_bed.Olena, ofLead, isHeld: true, Token));
        Assert.Single((await Queries.ListAsync(_bed.Olena, Owner("olena"), Token)).Documents);
    }

    [Fact]
    public async Task NewVersion_StandsInFront_TheEarlierStays_AndTheSameOnceMoreIsNone()
    {
        var (id, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AddAsync(_bed.Olena, id, _lead);

        Assert.Null(await Service.AddVersionAsync(_bed.Olena, id, second, File(2), Token));
        Assert.Null(await Service.AddVersionAsync(_bed.Olena, id, second, File(2), Token));
        Assert.Null(await Service.AddVersionAsync(_bed.Olena, id, Guid.CreateVersion7(), File(2), Token));

        var document = Assert.Single((await Queries.ListAsync(_bed.Olena, _lead, Token)).Documents);
        Assert.Equal((2, second, "Договір"), (document.Newest.Number, document.Newest.Id, document.Title));
        var versions = await Queries.VersionsAsync(_bed.Olena, id, Token);
        Assert.Equal([2, 1], versions.Select(version => version.Number));
        Assert.Equal(Content(1), await ReadAsync(versions[1].Id));
        Assert.Equal(Content(2), await ReadAsync(versions[0].Id));
    }

    [Fact]
    public async Task RepeatedCall_AddsOneDocument_AndNoMoreThanThereMayBe()
    {
        var id = Guid.CreateVersion7();
        await AddAsync(_bed.Olena, id, _lead);
        await AddAsync(_bed.Olena, id, _lead);
        Assert.Single((await Queries.ListAsync(_bed.Olena, _lead, Token)).Documents);

        var content = await _bed.ReadAsync(db => db.StoredFiles.Select(file => file.Id).SingleAsync());
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    for (var number = 1; number < Document.MostOfOwner; number++)
                    {
                        var document = new Document
                        {
                            Id = Guid.CreateVersion7(),
                            LeadId = _lead.Id,
                            Title = "a",
                        };
                        document.Versions.Add(
                            new()
                            {
                                Id = Guid.CreateVersion7(),
                                Number = 1,
                                StoredFileId = content,
                                Name = "a.pdf",
                                UploadedAt = _bed.Time.GetUtcNow(),
                            }
                        );
                        db.Documents.Add(document);
                    }

                    return Task.CompletedTask;
                },
                Token
            );

        Assert.Equal(FileFault.TooMany, await AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead));
        Assert.Null(await AddAsync(_bed.Ada, Guid.CreateVersion7(), _property));
    }

    [Fact]
    public async Task Removed_IsGoneForReaders_ComesBackWithinItsDays_AndThenGoesWithItsContent()
    {
        var id = Guid.CreateVersion7();
        await AddAsync(_bed.Olena, id, _lead);
        await Service.RemoveAsync(_bed.Olena, id, Token);

        Assert.Empty((await Queries.ListAsync(_bed.Ada, _lead, Token)).Documents);
        await Assert.ThrowsAsync<NotFoundException>(() => Queries.OpenAsync(_bed.Ada, id, isHeld: true, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Service.DescribeAsync(_bed.Ada, id, "a", null, Token));

        _bed.Time.Advance(Document.KeptFor - TimeSpan.FromMinutes(1));
        await SweepAsync();
        await Service.RestoreAsync(_bed.Olena, id, Token);
        Assert.Equal(Content(1), await ReadAsync(id));
        Assert.Equal(1, await _bed.ReadAsync(db => db.StoredFiles.CountAsync()));

        await Service.RemoveAsync(_bed.Olena, id, Token);
        _bed.Time.Advance(Document.KeptFor + TimeSpan.FromMinutes(1));
        await SweepAsync();
        await Assert.ThrowsAsync<NotFoundException>(() => Service.RestoreAsync(_bed.Olena, id, Token));
        Assert.Equal(0, await _bed.ReadAsync(db => db.StoredFiles.CountAsync()));
    }

    [Fact]
    public async Task ErasedClient_TakesItsDocumentsAlong_OnceNothingElseHoldsTheContent()
    {
        await AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead);
        await AddAsync(_bed.Ada, Guid.CreateVersion7(), _property);
        var number = (await _bed.LoadAsync(_lead.Id)).Number;
        await _bed.Get<ClientErasure>().EraseAsync(_bed.Ada, _lead.Id, $"{number}", "прохання", [_lead.Id], Token);

        Assert.Empty((await Queries.ListAsync(_bed.Ada, _lead, Token)).Documents);
        Assert.Equal(1, await _bed.ReadAsync(db => db.DocumentVersions.CountAsync()));
        _bed.Time.Advance(FileSweep.KeptFor + TimeSpan.FromHours(1));
        await SweepAsync();
        // The property has the same content still.
        Assert.Equal(1, await _bed.ReadAsync(db => db.StoredFiles.CountAsync()));
        await Assert.ThrowsAnyAsync<ForbiddenException>(() => AddAsync(_bed.Ada, Guid.CreateVersion7(), _lead));
    }

    [Fact]
    public async Task EveryActAndEveryReading_IsOnRecord_WithoutWordsOfClients()
    {
        var (id, plan) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AddAsync(_bed.Olena, id, _lead);
        await Service.DescribeAsync(_bed.Olena, id, "Паспорт клієнта", "Дійсний", Token);
        await ReadAsync(id);
        await Queries.OpenAsync(_bed.Ada, id, isHeld: true, Token);
        await Service.RemoveAsync(_bed.Olena, id, Token);
        await AddAsync(_bed.Ada, plan, _property);

        var events = await _bed.ReadAsync(db => db.SecurityEvents.OrderBy(row => row.Id).ToListAsync());
        var ofLead = events.Where(row => row.LeadId == _lead.Id).ToList();
        Assert.Equal(
            [
                SecurityEventKind.FileStored,
                SecurityEventKind.FileChanged,
                SecurityEventKind.FileOpened,
                SecurityEventKind.FileChanged,
            ],
            ofLead.Select(row => row.Kind).Where(kind => kind is >= SecurityEventKind.FileStored)
        );
        Assert.DoesNotContain(
            ofLead,
            row => row.Details.Values.Any(value => value?.Contains("Паспорт", StringComparison.Ordinal) is true)
        );
        Assert.Equal("Договір.pdf", events[^1].Details["file"]);
    }

    [Fact]
    public async Task Title_MustBeThere_AndTextsHaveTheirLength()
    {
        var id = Guid.CreateVersion7();
        await AddAsync(_bed.Olena, id, _lead);

        var fault = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Service.DescribeAsync(_bed.Olena, id, " ", new('я', Document.DescriptionLength + 1), Token)
        );

        Assert.Equal(
            [(nameof(Document.Title), FieldErrorCode.Required), (nameof(Document.Description), FieldErrorCode.TooLong)],
            fault.Errors.Select(error => (error.Field, error.Code))
        );
    }

    [Fact]
    public async Task List_CostsTheSame_HoweverManyThereAre()
    {
        await AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead);
        var one = await CommandsAsync();
        for (var number = 2; number < 8; number++)
        {
            await Service.AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead, File(number), Token);
        }

        Assert.Equal(one, await CommandsAsync());

        async Task<int> CommandsAsync()
        {
            _bed.Sql.Reset();
            await Queries.ListAsync(_bed.Olena, _lead, Token);
            return _bed.Sql.Commands.Count;
        }
    }

    private static byte[] Content(int seed) => FileBed.Content(700, seed);

    private static HandedIn File(int seed) => FileBed.Pdf(Content(seed), "Договір.pdf");

    private Task<FileFault?> AddAsync(Actor actor, Guid id, DocumentOwner owner) =>
        Service.AddAsync(actor, id, owner, File(1), Token);

    private async Task<byte[]> ReadAsync(Guid versionId)
    {
        await using var content = (await Queries.OpenAsync(_bed.Olena, versionId, isHeld: false, Token)).Content!;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    private async Task SweepAsync()
    {
        await new DocumentSweep(
            _bed.Get<HubDatabase>(),
            _bed.Get<WorkLog>(),
            _bed.Time,
            NullLogger<DocumentSweep>.Instance
        ).RunAsync(Token);
        await _bed.Get<FileSweep>().RunAsync(Token);
    }

    private Actor Person(string name) =>
        new[] { _bed.Olena, _bed.Taras, _bed.Nina, _bed.James, _bed.Mark, _bed.Ada }.Single(actor =>
            actor.Address == name
        );

    private DocumentOwner Owner(string name) =>
        name switch
        {
            "lead" => _lead,
            "property" => _property,
            _ => new(DocumentOwnerKind.Person, Person(name).UserId),
        };
}
