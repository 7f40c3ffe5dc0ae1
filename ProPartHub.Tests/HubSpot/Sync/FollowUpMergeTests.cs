using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.FollowUpDesk;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A follow-up that both sides changed, or whose answer was lost, is one follow-up and one task in the end.</summary>
public sealed class FollowUpMergeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DifferentFieldsOfBothSides_Merge_TheSameFieldIsHubSpots_AndOursIsInTheHistory(bool pulledFirst)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, _) = await LeadAsync(bed);
        var id = await AddAsync(bed, leadId, "Зателефонувати", "Номер у листі");
        await bed.QuietAsync();
        var taskId = bed.Live(ObjectType.Tasks)[0].IdText;
        var opened = FollowUpInput.From(Assert.Single(await OpenAsync(bed, leadId)));
        await Service(bed)
            .EditAsync(bed.Olena, id, opened, new("Наше", "Наші подробиці", opened.DueAt), false, SyncBed.Cancel);
        bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, taskId, Subject, "Їхнє");
        if (pulledFirst)
        {
            await HoldOursAsync(bed);
            await TellAsync(bed, "object.propertyChange", taskId);
        }

        await bed.LaterAsync(TimeSpan.FromMinutes(20));

        var open = Assert.Single(await OpenAsync(bed, leadId));
        Assert.Equal(("Їхнє", "Наші подробиці"), (open.Title, open.Details));
        Assert.Equal("Їхнє", bed.Value(ObjectType.Tasks, taskId, Subject));
        Assert.Equal("Наші подробиці", NoteText.ToText(bed.Value(ObjectType.Tasks, taskId, Body)));
        Assert.Contains(
            await HistoryAsync(bed),
            row => row.Changes.Contains(new FieldChange(FollowUpFields.Title, "Наше", "Їхнє"))
        );
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Task_WhoseAnswerWasLost_IsFoundAgain_HoweverItWasChangedThere(bool isChanged, bool pulledFirst)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, _) = await LeadAsync(bed);
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = true,
                Method = "POST",
                Path = "/objects/2026-03/tasks",
                Times = 1,
            }
        );
        var id = await AddAsync(bed, leadId, "Зателефонувати");
        await bed.QuietAsync();
        var task = Assert.Single(bed.Live(ObjectType.Tasks));
        if (isChanged)
        {
            bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, task.IdText, Subject, "Написати");
            bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, task.IdText, Body, "Зовсім інше");
            bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, task.IdText, Due, "2027-01-01T10:00:00Z");
        }

        if (pulledFirst)
        {
            await HoldOursAsync(bed);
            await TellAsync(bed, "object.propertyChange", task.IdText);
        }

        await bed.LaterAsync(TimeSpan.FromMinutes(20));

        Assert.Single(bed.Live(ObjectType.Tasks));
        var open = Assert.Single(await OpenAsync(bed, leadId));
        Assert.Equal((id, isChanged ? "Написати" : "Зателефонувати"), (open.Id, open.Title));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task DeletionTakenBack_BeforeOrAfterHubSpotHeardOfIt_LeavesOneTask()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, _) = await LeadAsync(bed);
        var id = await AddAsync(bed, leadId, "Зателефонувати");
        await bed.QuietAsync();

        // Taken back before the exchange: the same task.
        await Service(bed).DeleteAsync(bed.Olena, id, SyncBed.Cancel);
        await Service(bed).RestoreAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.QuietAsync();
        var first = Assert.Single(bed.Live(ObjectType.Tasks)).IdText;

        // The deletion is carried out and its answer lost; then it is taken back: HubSpot gets a new task.
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = true,
                Method = "DELETE",
                Path = "/objects/2026-03/tasks",
                Times = 9,
            }
        );
        await Service(bed).DeleteAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Empty(bed.Live(ObjectType.Tasks));
        await Service(bed).RestoreAsync(bed.Olena, id, SyncBed.Cancel);
        await TellAsync(bed, "object.deletion", first);
        await bed.LaterAsync(TimeSpan.FromMinutes(20));
        Assert.NotEqual(first, Assert.Single(bed.Live(ObjectType.Tasks)).IdText);

        // Heard of and long settled: likewise.
        bed.Sandbox.Faults.Clear();
        await Service(bed).DeleteAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.LaterAsync(TimeSpan.FromMinutes(20));
        Assert.Empty(bed.Live(ObjectType.Tasks));
        await Service(bed).RestoreAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.LaterAsync(TimeSpan.FromMinutes(20));
        Assert.Single(bed.Live(ObjectType.Tasks));
        Assert.Equal(id, Assert.Single(await OpenAsync(bed, leadId)).Id);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task DeletedHereWhileReworded_There_IsGone_AndTheWordsAreInTheHistory()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, _) = await LeadAsync(bed);
        var id = await AddAsync(bed, leadId, "Зателефонувати");
        await bed.QuietAsync();
        var taskId = bed.Live(ObjectType.Tasks)[0].IdText;
        bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, taskId, Subject, "Слова головного офісу");
        await Service(bed).DeleteAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.LaterAsync(TimeSpan.FromMinutes(20));

        Assert.Empty(bed.Live(ObjectType.Tasks));
        Assert.Contains(
            await HistoryAsync(bed),
            row => row.Changes.Any(change => change.After == "Слова головного офісу")
        );
    }
}
