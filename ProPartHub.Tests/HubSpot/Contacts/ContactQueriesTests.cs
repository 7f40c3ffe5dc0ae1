using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Contacts;

/// <summary>The list of contacts: filters, pages in every order, rights; and its plans over 50,000 rows.</summary>
public sealed class ContactQueriesTests(ContactQueriesTests.Crowd crowd) : IClassFixture<ContactQueriesTests.Crowd>
{
    private const int Many = 50_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => crowd.Bed;

    private ContactQueries Queries => new(Bed.Get<HubDatabase>(), Bed.Get<AgencyCalendar>());

    public static TheoryData<ContactSort, bool> Sorts =>
        new MatrixTheoryData<ContactSort, bool>(Enum.GetValues<ContactSort>(), [true, false]);

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Pages_ForthAndBack_HoldEachContactOnce_InOrder(ContactSort sort, bool isReversed)
    {
        // Few enough to be walked through: those of the last days.
        var query = new ContactQuery
        {
            Sort = sort,
            Reversed = isReversed,
            PageSize = 7,
            CreatedFrom = new(2026, 3, 1),
        };
        var whole = (await Queries.PageAsync(Bed.Ada, query with { PageSize = 500 }, Token)).Rows;
        Assert.InRange(whole.Count, 20, 60);

        var (forth, back) = (new List<string>(), new List<string>());
        var page = await Queries.PageAsync(Bed.Ada, query, Token);
        Assert.Null(page.Previous);
        forth.AddRange(page.Rows.Select(row => row.Id));
        while (page.Next is { } next)
        {
            page = await Queries.PageAsync(Bed.Ada, query with { Cursor = next }, Token);
            forth.AddRange(page.Rows.Select(row => row.Id));
        }

        back.AddRange(page.Rows.Select(row => row.Id));
        while (page.Previous is { } previous)
        {
            page = await Queries.PageAsync(Bed.Ada, query with { Cursor = previous, Backward = true }, Token);
            back.InsertRange(0, page.Rows.Select(row => row.Id));
        }

        Assert.Equal(whole.Select(row => row.Id), forth);
        Assert.Equal(forth, back);
        IEnumerable<object> keys = sort switch
        {
            ContactSort.Created => whole.Select(row => (object)row.CreatedAt),
            ContactSort.Changed => whole.Select(row => (object)row.UpdatedAt),
            ContactSort.Id => whole.Select(row => (object)row.Number),
            _ => [],
        };
        Assert.Equal(query.IsDescending ? keys.OrderDescending() : keys.Order(), keys);
    }

    [Fact]
    public async Task Filters_LeaveWhatTheySay()
    {
        var none = new ContactQuery { PageSize = 500 };
        Assert.All(await RowsAsync(none), row => Assert.Null(row.ArchivedAt));
        Assert.All(await RowsAsync(none with { HasPhone = false }), row => Assert.Empty(row.Phones));
        Assert.All(await RowsAsync(none with { HasPhone = true }), row => Assert.NotEmpty(row.Phones));
        Assert.All(await RowsAsync(none with { HasMail = false }), row => Assert.Null(row.Email));
        Assert.All(await RowsAsync(none with { HasMail = true }), row => Assert.NotNull(row.Email));
        Assert.All(await RowsAsync(none with { OwnerId = "900" }), row => Assert.Equal("Ірина Власник", row.OwnerName));
        Assert.All(await RowsAsync(none with { OwnerId = ContactQuery.Nobody }), row => Assert.Null(row.OwnerId));
        Assert.All(await RowsAsync(none with { Archived = true }), row => Assert.NotNull(row.ArchivedAt));
        Assert.All(await RowsAsync(none with { HasLead = false }), row => Assert.Empty(row.Leads));
        Assert.Equal(["3"], (await RowsAsync(none with { HasLead = true })).Select(row => row.Id));
        Assert.Equal(["4321"], (await RowsAsync(none with { Search = "050 100 4321" })).Select(row => row.Id));
        Assert.Equal(["4321"], (await RowsAsync(none with { Search = "c4321@ kontakt" })).Select(row => row.Id));
        Assert.Empty(await RowsAsync(none with { Search = "%" }));

        // By days of the agency: 22:00 UTC is midnight in Kyiv.
        var day = await RowsAsync(none with { CreatedFrom = new(2026, 2, 20), CreatedTo = new(2026, 2, 20) });
        Assert.Equal(
            (new DateTimeOffset(2026, 2, 19, 22, 0, 0, TimeSpan.Zero), new(2026, 2, 20, 21, 0, 0, TimeSpan.Zero)),
            (day.Min(row => row.CreatedAt), day.Max(row => row.CreatedAt))
        );

        var count = await Queries.CountAsync(Bed.Ada, none, Token);
        Assert.Equal((10_000, true), (count.Value, count.IsCapped));
        Assert.Equal(Many - (Many / 50), await Queries.CountAllAsync(Bed.Ada, none, Token));
    }

    [Fact]
    public async Task OnlyAdmins_Read()
    {
        foreach (var actor in new[] { Bed.Olena, Bed.Nina })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => Queries.PageAsync(actor, new(), Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Queries.CountAllAsync(actor, new(), Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Queries.StateAsync(actor, Token));
        }
    }

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Page_OfAnySort_FirstOrDeep_IsReadInOrder(ContactSort sort, bool isReversed)
    {
        var query = new ContactQuery { Sort = sort, Reversed = isReversed };
        var middle = (await Queries.PageAsync(Bed.Ada, query with { Search = "25001" }, Token)).Rows.Single();
        foreach (var cursor in new[] { null, ContactOrder.PlaceOf(middle, sort) })
        {
            var plan = await PlanAsync(query with { Cursor = cursor });

            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string> Filters => ["search", "no phone", "no mail", "owner", "archive", "days"];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_ThatNarrows_UsesItsIndex(string name)
    {
        var (query, index) = name switch
        {
            "search" => (new ContactQuery { Search = "1004321" }, "ix_hubspot_contacts_search_text"),
            "no phone" => (new() { HasPhone = false, Sort = ContactSort.Id }, "ix_hubspot_contacts_without_phone"),
            "no mail" => (new() { HasMail = false, Sort = ContactSort.Id }, "ix_hubspot_contacts_without_mail"),
            "owner" => (new() { OwnerId = "900", Sort = ContactSort.Id }, "ix_hubspot_contacts_owner_id_number"),
            "archive" => (new() { Archived = true, Sort = ContactSort.Id }, "ix_hubspot_contacts_archived"),
            _ => (new() { CreatedTo = new(2021, 1, 1) }, "ix_hubspot_contacts_created_at_number"),
        };

        var plan = await PlanAsync(query);

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<ContactRow>> RowsAsync(ContactQuery query)
    {
        var rows = (await Queries.PageAsync(Bed.Ada, query, Token)).Rows;
        Assert.True(rows.Count > 0 || query.Search == "%");
        return rows;
    }

    private Task<string> PlanAsync(ContactQuery query) =>
        Bed.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(Token);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            await using var prepared = ContactOrder.Of(Queries.Filter(db, query), query).Take(51).CreateDbCommand();
            command.CommandText = "EXPLAIN " + prepared.CommandText;
            foreach (System.Data.Common.DbParameter parameter in prepared.Parameters)
            {
                command.Parameters.Add(((Npgsql.NpgsqlParameter)parameter).Clone());
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                lines.Add(reader.GetString(0));
            }

            return string.Join('\n', lines);
        });

    /// <summary>50,000 contacts, and a lead on the third.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        public HubBed Bed { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Bed = await HubBed.CreateAsync(CancellationToken.None);
            var lead = await Bed.LeadAsync(Bed.Olena, 1);
            await Bed.ReadAsync(db => ContactBed.FillAsync(db, Many, Bed.Time.GetUtcNow()));
            await Bed.ReadAsync(db =>
                db.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO lead_sync (lead_id, contact_id, contact_snapshot, deal_snapshot, agreed)
                    VALUES ({0}, '3', jsonb_build_object(), jsonb_build_object(), jsonb_build_object())
                    """,
                    lead.Id
                )
            );
            // What waits to be put into the index of words would be searched row by row.
            await Bed.ReadAsync(db => db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE hubspot_contacts"));
        }

        public ValueTask DisposeAsync() => Bed.DisposeAsync();
    }
}
