using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Architecture;

/// <summary>Holds the arrows of docs/architecture.md.</summary>
public sealed class LayerTests
{
    private const string Domain = "ProPartHub.Domain";

    private static readonly System.Reflection.Assembly[] Assemblies =
    [
        typeof(Lead).Assembly,
        typeof(HubApplication).Assembly,
    ];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Hub = new(() =>
        new ArchLoader().LoadAssemblies(Assemblies).Build()
    );

    // The context names every table; what a lead's page shows of its exchange with HubSpot are rows, not the engine.
    private static readonly string[] MayReadSyncRows =
    [
        "HubDbContext",
        "LeadQueries",
        // What is handed out or erased of a client includes what the exchange keeps.
        "ClientErasure",
        "ClientLeadRecords",
        "LeadErasure",
        // Records that HubSpot has tied to both leads are not moved to stand there twice.
        "MergedRecords",
        "SameClientQueries",
        // Leads and comments of the former portal keep the numbers that HubSpot knows them by.
        "LegacyComments",
        "LegacyDeals",
        "LegacyImport",
        "LegacyLeads",
        "LegacyLeadsHere",
        "LegacyNoteIds",
        "HubDbContextModelSnapshot",
        "Initial",
    ];

    [Fact]
    public void Domain_NeverKnowsTheWeb() =>
        AssertNoArrow(
            from: type => IsIn(type, Domain),
            to: type => IsIn(type, "ProPartHub.Web") || IsIn(type, "MudBlazor")
        );

    [Fact]
    public void Concepts_NeverCallTheSync() =>
        AssertNoArrow(
            from: type =>
                IsIn(type, Domain)
                && !IsIn(type, $"{Domain}.HubSpot")
                && !IsIn(type, $"{Domain}.Operations")
                // Written by EF Core's tool, about every table.
                && !IsIn(type, $"{Domain}.Data.Compiled")
                && !MayReadSyncRows.Contains(Outermost(type)),
            to: type => IsIn(type, $"{Domain}.HubSpot")
        );

    // It looks at everything, the engine too.
    [Fact]
    public void Nothing_KnowsHowItIsLookedAfter() =>
        AssertNoArrow(
            from: type => IsIn(type, Domain) && !IsIn(type, $"{Domain}.Operations"),
            to: type => IsIn(type, $"{Domain}.Operations")
        );

    // Whatever is measured may lie anywhere.
    [Fact]
    public void Telemetry_KnowsNothingOfTheRest() =>
        AssertNoArrow(
            from: type => IsIn(type, $"{Domain}.Telemetry"),
            to: type => IsIn(type, Domain) && !IsIn(type, $"{Domain}.Telemetry")
        );

    [Fact]
    public void HubSpotClient_KnowsNoDatabase() =>
        AssertNoArrow(
            from: type => IsIn(type, $"{Domain}.HubSpot.Api"),
            to: type =>
                IsIn(type, $"{Domain}.Data")
                || IsIn(type, $"{Domain}.Leads")
                || IsIn(type, "Microsoft.EntityFrameworkCore")
        );

    [Fact]
    public void Leads_StandOnTheGroundFloor() =>
        AssertNoArrow(
            from: type => IsIn(type, $"{Domain}.Leads"),
            to: type => IsIn(type, $"{Domain}.Boards") || IsIn(type, $"{Domain}.People.Accounts")
        );

    private static void AssertNoArrow(Func<IType, bool> from, Func<IType, bool> to)
    {
        var starts = Hub.Value.Types.Where(from).ToList();
        Assert.NotEmpty(starts);
        Assert.Empty(
            starts
                .SelectMany(type => type.Dependencies)
                .Where(dependency => to(dependency.Target))
                .Select(dependency => $"{dependency.Origin.FullName} → {dependency.Target.FullName}")
                .Distinct()
        );
    }

    private static bool IsIn(IType type, string name) =>
        // Generic parameters have no namespace.
        type.Namespace
            is { FullName: var space }
        && (space == name || space.StartsWith(name + ".", StringComparison.Ordinal));

    private static string Outermost(IType type) => type.FullName.Split('.')[^1].Split('+')[0];
}
