using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Privacy;

/// <summary>Everything held about a client is handed out whole, piece by piece and on record.</summary>
public sealed class ClientRecordsTests : IAsyncLifetime
{
    private const string Words = "Слова клієнта";

    private HubBed _bed = null!;
    private LeadCreated _lead = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        var input = HubBed.Input(1, Words) with
        {
            Email = "client@example.com",
            HasConsent = true,
            ConsentNote = "усно",
        };
        _lead = await _bed.Get<LeadService>().CreateAsync(_bed.Olena, input, null, Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task File_HoldsEverything_OfAllTheClientsLeads_AndIsOnRecord()
    {
        await FillAsync();
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, _lead.Id, Token);
        var again = await _bed.LeadAsync(_bed.Taras, 1, "Той самий");

        using var file = await ExportAsync();

        var leads = file.RootElement.GetProperty("leads");
        Assert.Equal(
            [$"L-{_lead.Number}", $"L-{again.Number}"],
            leads.EnumerateArray().Select(lead => lead.GetProperty("number").GetString())
        );
        var first = leads[0];
        Assert.Equal("client@example.com", first.GetProperty("values").GetProperty("Email").GetString());
        Assert.Equal(
            ("Given", "усно", _bed.Olena.Name),
            (Text(first, "consent", "state"), Text(first, "consent", "note"), Text(first, "consent", "recordedBy"))
        );
        Assert.Equal("77", Text(first, "hubSpot", "dealId"));
        Assert.Equal(
            Words,
            first.GetProperty("hubSpot").GetProperty("dealSnapshot").GetProperty("dealname").GetString()
        );
        Assert.Equal(Words, first.GetProperty("comments")[0].GetProperty("body").GetString());
        Assert.Equal(Words, first.GetProperty("activities")[0].GetProperty("body").GetString());
        Assert.Equal(Words, first.GetProperty("followUps")[0].GetProperty("details").GetString());
        Assert.Equal("Created", first.GetProperty("events")[0].GetProperty("kind").GetString());
        Assert.Equal(Words, first.GetProperty("conflicts")[0].GetProperty("theirs").GetString());
        var records = await _bed.ReadAsync(db =>
            db.SecurityEvents.Where(row => row.Kind == SecurityEventKind.ClientExported)
                .Select(row => row.LeadId)
                .ToListAsync()
        );
        Assert.Equal(new Guid?[] { _lead.Id, again.Id }.Order(), records.Order());
    }

    [Fact]
    public async Task LongHistory_IsSentPartByPart_InOrderAndWithoutGap()
    {
        const int Comments = 1_050;
        await _bed.ReadAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO comments (id, lead_id, author_name, body, origin, created_at)
                SELECT gen_random_uuid(), {_lead.Id}, 'Олена', n || ' ' || repeat('я', 2000), 1,
                    timestamptz '2026-01-01' + n / 7 * interval '1 second'
                FROM generate_series(1, {Comments}) AS n
                """
            )
        );
        await using var target = new PartsStream(() => _bed.Sql.Commands.Count);

        await _bed.Get<ClientRecords>().ExportAsync(_bed.Ada, _lead.Id, _ => target, Token);

        using var file = JsonDocument.Parse(target.ToArray());
        var numbers = file
            .RootElement.GetProperty("leads")[0]
            .GetProperty("comments")
            .EnumerateArray()
            .Select(comment => int.Parse(comment.GetProperty("body").GetString()!.Split(' ')[0]))
            .ToList();
        Assert.Equal(Enumerable.Range(1, Comments), numbers.Order());
        Assert.Equal(numbers.Select(number => number / 7), numbers.Select(number => number / 7).Order());
        // Each part has left before the next was read.
        Assert.True(target.SentAfterReads.Count > Comments / 200, $"{target.SentAfterReads.Count} parts");
    }

    [Fact]
    public async Task ErasedClient_IsASkeleton()
    {
        await FillAsync();
        await _bed.Get<ClientErasure>()
            .EraseAsync(_bed.Ada, _lead.Id, $"{_lead.Number}", "прохання", [_lead.Id], Token);

        using var file = await ExportAsync();

        var lead = file.RootElement.GetProperty("leads")[0];
        Assert.NotNull(Text(lead, "erasedAt"));
        Assert.Equal("NotRecorded", Text(lead, "consent", "state"));
        Assert.Equal(JsonValueKind.Null, lead.GetProperty("hubSpot").ValueKind);
        Assert.Equal(JsonValueKind.Null, lead.GetProperty("values").GetProperty("Phone").ValueKind);
        Assert.Equal("", lead.GetProperty("comments")[0].GetProperty("body").GetString());
        Assert.DoesNotContain(Words, file.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoMayNot_OrNoSuchLead_OpensNoFile_AndIsNotOnRecord()
    {
        foreach (var actor in new[] { _bed.Olena, _bed.James, _bed.Nina, _bed.Mark })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => RefusedAsync(actor, _lead.Id));
        }

        await Assert.ThrowsAsync<NotFoundException>(() => RefusedAsync(_bed.Ada, Guid.CreateVersion7()));
        Assert.Equal(0, await _bed.ReadAsync(db => db.SecurityEvents.CountAsync()));
    }

    private Task RefusedAsync(Actor actor, Guid leadId) =>
        _bed.Get<ClientRecords>()
            .ExportAsync(actor, leadId, _ => throw new InvalidOperationException("A file was opened."), Token);

    private async Task<JsonDocument> ExportAsync()
    {
        using var target = new MemoryStream();
        await _bed.Get<ClientRecords>().ExportAsync(_bed.Ada, _lead.Id, _ => target, Token);
        return JsonDocument.Parse(target.ToArray());
    }

    private static string? Text(JsonElement element, params string[] path) =>
        path.Aggregate(element, (at, name) => at.GetProperty(name)).GetString();

    // One of each.
    private async Task FillAsync()
    {
        var now = _bed.Time.GetUtcNow();
        await _bed.Get<CommentService>().AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead.Id, Words, null, Token);
        await _bed.Get<FollowUpService>()
            .AddAsync(_bed.Olena, Guid.CreateVersion7(), _lead.Id, new(Words, Words, now.AddDays(1)), Token);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Activities.Add(
                        new Activity
                        {
                            LeadId = _lead.Id,
                            Kind = ActivityKind.Call,
                            HubSpotId = "1",
                            Subject = Words,
                            Body = Words,
                            OccurredAt = now,
                        }
                    );
                    db.LeadSyncs.Add(
                        new LeadSync
                        {
                            LeadId = _lead.Id,
                            DealId = "77",
                            DealSnapshot = new() { ["dealname"] = Words },
                        }
                    );
                    db.SyncConflicts.Add(
                        new SyncConflict
                        {
                            LeadId = _lead.Id,
                            Field = nameof(LeadField.Country),
                            Ours = Words,
                            Theirs = Words,
                            At = now,
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
    }

    /// <summary>Keeps what is written, and after how many reads of the database something was.</summary>
    private sealed class PartsStream(Func<int> reads) : MemoryStream
    {
        public HashSet<int> SentAfterReads { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            SentAfterReads.Add(reads());
            base.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Write(ReadOnlySpan<byte> buffer) =>
            throw new NotSupportedException("The web server takes no synchronous writes.");
    }
}
