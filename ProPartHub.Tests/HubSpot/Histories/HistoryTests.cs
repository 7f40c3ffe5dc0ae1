using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>
/// However the histories of leads went, in the end both sides are equal, each lead is one deal with one contact, and
/// whatever somebody typed stands there, was replaced with open eyes, or is kept as the loser of a conflict.
/// <c>PROPART_HISTORIES=10000</c> runs more of them; a failure names its seed, and <c>PROPART_HISTORY_SEED</c> runs that
/// one alone.
/// </summary>
public sealed class HistoryTests
{
    private const int Leads = 25;
    private const int Turns = 4;

    public static TheoryData<int> Seeds
    {
        get
        {
            if (Switches.Number("PROPART_HISTORY_SEED") is { } only)
            {
                return [only];
            }

            var histories = Switches.Number("PROPART_HISTORIES") ?? 500;
            return [.. Enumerable.Range(1, (histories + Leads - 1) / Leads)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task History_EndsEqualOnBothSides_WithNothingLost(int seed)
    {
        await using var world = await HistoryWorld.CreateAsync(seed, Leads);
        for (var turn = 0; turn < Turns; turn++)
        {
            await world.TurnAsync();
        }

        await world.CalmAsync();

        var bed = world.Bed;
        Assert.Equal(0, await bed.ReadAsync(db => db.Outbox.CountAsync(Cancel)));
        Assert.Equal(world.Leads.Count, bed.Live(ObjectType.Deals).Count);
        Assert.Equal(world.Leads.Count, bed.Live(ObjectType.Contacts).Count);
        var faults = new List<string>();
        foreach (var lead in world.Leads)
        {
            faults.AddRange(await BothSides.DifferencesAsync(bed, lead));
            faults.AddRange(await ValueFaultsAsync(world, lead));
            faults.AddRange(await LostTextsAsync(world, lead));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static async Task<List<string>> ValueFaultsAsync(HistoryWorld world, Guid leadId)
    {
        var bed = world.Bed;
        var faults = new List<string>();
        var lead = await bed.LoadAsync(leadId);
        var sync = await bed.SyncOfAsync(leadId);
        var kept = await bed.ReadAsync(db =>
            db.SyncConflicts.Where(row => row.LeadId == leadId)
                .Select(row => row.TheirsWon ? row.Ours : row.Theirs)
                .ToListAsync(Cancel)
        );
        // HubSpot has no conditional write: what is typed there in the moment between the sync's reading and its writing is
        // overwritten, and stands in HubSpot's own history of the property alone.
        var overtaken = new HashSet<string?>();
        var standing = new HashSet<string?>(kept.Select(Exact));
        foreach (var field in HistoryField.All)
        {
            var id = field.Type == ObjectType.Deals ? sync.DealId! : sync.ContactId!;
            var theirs = field.Theirs(bed.Value(field.Type, id, field.Property));
            var ours = field.Ours(lead);
            standing.Add(ours);
            overtaken.UnionWith(bed.Versions(field.Type, id, field.Property).Select(field.Theirs));
            if (ours != theirs && !(field.Name == FieldChange.Budget && ours is null))
            {
                faults.Add($"{lead.Number}: {field.Name} is {ours} here, {theirs} there");
            }
        }

        faults.AddRange(
            world
                .Typed.Of(leadId)
                .Where(typed => !standing.Contains(typed.Value) && !(typed.IsRaced && overtaken.Contains(typed.Value)))
                .Select(typed => $"{lead.Number}: {typed.Field} {typed.Value} is lost")
        );
        return faults;
    }

    private static async Task<IEnumerable<string>> LostTextsAsync(HistoryWorld world, Guid leadId)
    {
        var bed = world.Bed;
        var comments = await bed.ReadAsync(db => db.Comments.Where(row => row.LeadId == leadId).ToListAsync(Cancel));
        var followUps = await bed.ReadAsync(db => db.FollowUps.Where(row => row.LeadId == leadId).ToListAsync(Cancel));
        var events = await bed.ReadAsync(db => db.LeadEvents.Where(row => row.LeadId == leadId).ToListAsync(Cancel));

        // A text that was replaced or deleted is in the lead's history.
        var known = events
            .SelectMany(entry => entry.Changes)
            .SelectMany(change => new[] { change.Before, change.After })
            .Concat(comments.Select(comment => comment.Body))
            .Concat(followUps.Select(followUp => followUp.Title))
            .ToHashSet();
        return world
            .Comments.Of(leadId)
            .Concat(world.FollowUps.Of(leadId))
            .Where(text => !known.Contains(text))
            .Select(text => $"{leadId}: the text {text} is lost");
    }

    // A conflict keeps a budget as a range.
    private static string? Exact(string? value) =>
        value?.Split("..") is [var from, var to] && from == to ? from : value;
}
