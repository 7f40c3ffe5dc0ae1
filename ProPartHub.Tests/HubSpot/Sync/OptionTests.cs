using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Forms offer the options that HubSpot's account has, and rules accept those.</summary>
public sealed class OptionTests
{
    private const string Country = "purchase_country";

    [Fact]
    public async Task OptionsOfTheAccount_AreOffered_InItsOrder_WithItsLabels_AndHiddenOnesAreNot()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        await SetCountriesAsync(
            bed,
            new("Кабо-Верде", "cabo_verde", 2),
            new("Оман", "Оман", 1),
            new("Стара", "old", 0, Hidden: true),
            new("Останній", "last")
        );

        var book = bed.Get<LeadOptionBook>();
        Assert.Equal(["Оман", "cabo_verde", "last"], book.For(LeadField.Country));
        Assert.Equal("Кабо-Верде", book.LabelOf(LeadField.Country, "cabo_verde"));
        Assert.Equal("Стара", book.LabelOf(LeadField.Country, "old"));

        // Free text stays free.
        Assert.Null(book.For(LeadField.Company));
    }

    [Fact]
    public async Task OptionThatCameToHubSpot_CanBeChosen_AndOneThatWent_NoLonger()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        await SetCountriesAsync(bed, new PropertyOption("Кабо-Верде", "cabo_verde", 1));

        await EditAsync(bed, leadId, "cabo_verde");
        await bed.QuietAsync();
        Assert.Equal("cabo_verde", bed.Deal(await bed.SyncOfAsync(leadId), Country));

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => EditAsync(bed, leadId, "Оман"));
        Assert.Equal(FieldErrorCode.UnknownOption, Assert.Single(refused.Errors).Code);
    }

    [Fact]
    public async Task AccountWithoutOptions_LeavesTheAgencysOwn()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        await SetCountriesAsync(bed);

        Assert.Equal(LeadOptions.Countries, bed.Get<LeadOptionBook>().For(LeadField.Country));
        Assert.False(await bed.ReadAsync(db => db.LeadOptions.AnyAsync(row => row.Field == LeadField.Country)));
    }

    [Fact]
    public async Task UnchangedOptions_AreNoNews()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var before = await bed.ReadAsync(db => db.SyncLog.CountAsync(SyncBed.Cancel));

        await bed.LaterAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(before, await bed.ReadAsync(db => db.SyncLog.CountAsync(SyncBed.Cancel)));
    }

    private static async Task SetCountriesAsync(SyncBed bed, params PropertyOption[] options)
    {
        bed.Sandbox.HeadOffice.SetOptions(ObjectType.Deals, Country, options);
        await bed.LaterAsync(TimeSpan.FromMinutes(11));
        using var watch = new LeadOptionWatch(
            bed.Get<HubDatabase>(),
            bed.Get<LeadOptionBook>(),
            new LeadFeed(bed.Clock, NullLogger<LeadFeed>.Instance),
            new WorkLog(bed.Clock),
            bed.Clock,
            NullLogger<LeadOptionWatch>.Instance
        );
        await watch.ReadAsync(SyncBed.Cancel);
    }

    private static async Task EditAsync(SyncBed bed, Guid leadId, string country)
    {
        var opened = LeadInput.From(await bed.LoadAsync(leadId));
        await bed.Get<LeadService>()
            .EditAsync(
                bed.Olena,
                leadId,
                opened,
                opened with
                {
                    Country = country,
                },
                new HashSet<LeadField>(),
                SyncBed.Cancel
            );
    }
}
