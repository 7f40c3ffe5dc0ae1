using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Follow-ups here are tasks there, in both directions.</summary>
public sealed class FollowUpTests
{
    private const string Subject = "hs_task_subject";
    private const string Body = "hs_task_body";
    private const string Status = "hs_task_status";
    private const string Due = "hs_timestamp";

    [Fact]
    public async Task FollowUp_BecomesATaskOfTheLeadsAgent_AndFollowsEditDoneAndDeletion()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, dealId) = await LeadAsync(bed);
        var id = await AddAsync(bed, leadId, "Показати <віллу>", "Зустріч о 10\nбіля входу");
        await bed.QuietAsync();

        var task = Assert.Single(bed.Live(ObjectType.Tasks));
        Assert.Equal("Показати <віллу>", task[Subject]);
        Assert.Equal("Зустріч о 10\nбіля входу", NoteText.ToText(task[Body]));
        Assert.Equal(("NOT_STARTED", "81544101"), (task[Status], task["hubspot_owner_id"]));
        Assert.Equal(task.IdText, Assert.Single(bed.TiedTo(dealId, ObjectType.Tasks)).IdText);
        Assert.Equal(0, await bed.WaitingAsync());

        var opened = FollowUpInput.From(Assert.Single(await OpenAsync(bed, leadId)));
        var later = bed.Clock.GetUtcNow().AddDays(9);
        await Service(bed)
            .EditAsync(bed.Olena, id, opened, opened with { Title = "Показати", DueAt = later }, false, SyncBed.Cancel);
        await Service(bed).SetDoneAsync(bed.Olena, id, isDone: true, SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Equal("Показати", bed.Value(ObjectType.Tasks, task.IdText, Subject));
        Assert.Equal("COMPLETED", bed.Value(ObjectType.Tasks, task.IdText, Status));
        Assert.Equal(
            FollowUpFields.ToText(later),
            FollowUpFields.ToText(Domain.HubSpot.Api.HubSpotTime.Parse(task[Due])!.Value)
        );

        await Service(bed).SetDoneAsync(bed.Olena, id, isDone: false, SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Equal("NOT_STARTED", bed.Value(ObjectType.Tasks, task.IdText, Status));

        await Service(bed).DeleteAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Empty(bed.Live(ObjectType.Tasks));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task OwnTask_ComingBack_IsNoSecondFollowUp_AndNoChange()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, _) = await LeadAsync(bed);
        await AddAsync(bed, leadId, "Зателефонувати", "a  b\n   c");
        await bed.QuietAsync();
        var (events, before) = (await bed.EventsAsync(), Assert.Single(await OpenAsync(bed, leadId)));

        await bed.WebhookAsync("object.creation", bed.Live(ObjectType.Tasks)[0].IdText, extra: TaskExtra);
        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(before, Assert.Single(await OpenAsync(bed, leadId)));
        Assert.Equal(events, await bed.EventsAsync());
    }

    [Fact]
    public async Task Task_BecomesAFollowUp_AndFollowsEditDoneAndDeletion()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, dealId) = await LeadAsync(bed);
        var taskId = AddTask(bed, dealId, "Надіслати договір", "<p>До <b>п’ятниці</b></p>");
        await bed.LaterAsync(TimeSpan.FromSeconds(31));

        var open = Assert.Single(await OpenAsync(bed, leadId));
        Assert.Equal(("Надіслати договір", "До п’ятниці", null), (open.Title, open.Details, open.OwnerName));
        Assert.Contains(await HistoryAsync(bed), row => row.Kind is LeadEventKind.FollowUpAdded);

        bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, taskId, Subject, "Надіслати угоду");
        await TellAsync(bed, "object.propertyChange", taskId);
        Assert.Equal("Надіслати угоду", Assert.Single(await OpenAsync(bed, leadId)).Title);

        bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, taskId, Status, "IN_PROGRESS");
        await TellAsync(bed, "object.propertyChange", taskId);
        Assert.Single(await OpenAsync(bed, leadId));

        bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, taskId, Status, "COMPLETED");
        await TellAsync(bed, "object.propertyChange", taskId);
        Assert.Empty(await OpenAsync(bed, leadId));
        var done = await bed.ReadAsync(db => db.FollowUps.SingleAsync());
        Assert.NotNull(done.DoneAt);
        Assert.Contains(await HistoryAsync(bed), row => row.Kind is LeadEventKind.FollowUpDone);

        bed.Sandbox.HeadOffice.Archive(ObjectType.Tasks, taskId);
        await TellAsync(bed, "object.deletion", taskId);
        Assert.NotNull((await bed.ReadAsync(db => db.FollowUps.SingleAsync())).DeletedAt);
        Assert.Equal(0, await bed.WaitingAsync());

        // Brought back there it is a follow-up again.
        bed.Sandbox.HeadOffice.Restore(ObjectType.Tasks, taskId);
        bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, taskId, Status, "NOT_STARTED");
        await TellAsync(bed, "object.restore", taskId);
        Assert.Equal("Надіслати угоду", Assert.Single(await OpenAsync(bed, leadId)).Title);
    }

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

    [Fact]
    public async Task LeadHandedOver_ItsOpenTasksFollow_AndTheirNewOwnerIsNoOtherPerson()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, _) = await LeadAsync(bed);
        var open = await AddAsync(bed, leadId, "Відкрита");
        var done = await AddAsync(bed, leadId, "Зроблена");
        await Service(bed).SetDoneAsync(bed.Olena, done, isDone: true, SyncBed.Cancel);
        await bed.QuietAsync();
        await LinkAsync(bed, bed.Ada.UserId, "81544102");

        await bed.Get<LeadService>().TransferAsync(bed.Ada, leadId, bed.Ada.UserId, null, SyncBed.Cancel);
        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        var tasks = bed.Live(ObjectType.Tasks).ToDictionary(task => task[Subject]!, task => task["hubspot_owner_id"]);
        Assert.Equal(("81544102", "81544101"), (tasks["Відкрита"], tasks["Зроблена"]));
        Assert.Null((await bed.ReadAsync(db => db.FollowUps.SingleAsync(row => row.Id == open))).OwnerName);
    }

    [Fact]
    public async Task SwitchedOff_NothingMoves_AndNothingIsLost()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, dealId) = await LeadAsync(bed);
        await bed.SwitchAsync(SyncPart.Tasks, isOn: false);
        await AddAsync(bed, leadId, "Наша");
        AddTask(bed, dealId, "Їхня", "");
        await bed.LaterAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("Їхня", Assert.Single(bed.Live(ObjectType.Tasks))[Subject]);
        Assert.Equal("Наша", Assert.Single(await OpenAsync(bed, leadId)).Title);

        await bed.SwitchAsync(SyncPart.Tasks, isOn: true);
        await bed.LaterAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(
            ["Їхня", "Наша"],
            bed.Live(ObjectType.Tasks).Select(task => task[Subject]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, (await OpenAsync(bed, leadId)).Count);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task Comparison_FindsATaskDeletedUntold()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (leadId, dealId) = await LeadAsync(bed);
        var taskId = AddTask(bed, dealId, "Їхня", "");
        await bed.LaterAsync(TimeSpan.FromMinutes(6));
        Assert.Single(await OpenAsync(bed, leadId));

        bed.Sandbox.HeadOffice.Erase(ObjectType.Tasks, taskId);
        await bed.LaterAsync(TimeSpan.FromHours(49));
        Assert.Empty(await OpenAsync(bed, leadId));
    }

    private const string TaskExtra = ",\"objectTypeId\":\"0-27\"";

    private static FollowUpService Service(SyncBed bed) => bed.Get<FollowUpService>();

    private static async Task<(Guid LeadId, string DealId)> LeadAsync(SyncBed bed)
    {
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        return (leadId, (await bed.SyncOfAsync(leadId)).DealId!);
    }

    private static async Task<Guid> AddAsync(SyncBed bed, Guid leadId, string title, string? details = null)
    {
        var id = Guid.CreateVersion7();
        var due = bed.Clock.GetUtcNow().AddDays(2);
        await Service(bed).AddAsync(bed.Olena, id, leadId, new(title, details, due), SyncBed.Cancel);
        return id;
    }

    private static string AddTask(SyncBed bed, string dealId, string subject, string body) =>
        bed.Sandbox.HeadOffice.Create(
            ObjectType.Tasks,
            new Dictionary<string, string?>
            {
                [Due] = "2026-12-01T10:00:00Z",
                [Subject] = subject,
                [Body] = body,
                [Status] = "NOT_STARTED",
                ["hubspot_owner_id"] = "81544101",
            },
            (ObjectType.Deals, dealId)
        );

    private static async Task TellAsync(SyncBed bed, string kind, string taskId)
    {
        await bed.WebhookAsync(kind, taskId, Random.Shared.Next(), TaskExtra);
        await bed.QuietAsync();
    }

    private static async Task LinkAsync(SyncBed bed, Guid userId, string ownerId)
    {
        await bed.ReadAsync(db =>
            db.Users.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(row => row.SetProperty(user => user.HubSpotOwnerId, ownerId), SyncBed.Cancel)
        );
        await bed.LaterAsync(TimeSpan.FromMinutes(11));
    }

    // Our own edit waits for a while, so that HubSpot's comes first.
    private static Task HoldOursAsync(SyncBed bed)
    {
        var later = bed.Clock.GetUtcNow().AddMinutes(10);
        return bed.ReadAsync(db =>
            db.Outbox.ExecuteUpdateAsync(row => row.SetProperty(entry => entry.DueAt, later), SyncBed.Cancel)
        );
    }

    private static Task<IReadOnlyList<FollowUpView>> OpenAsync(SyncBed bed, Guid leadId) =>
        bed.Get<FollowUpQueries>().OpenAsync(bed.Olena, leadId, SyncBed.Cancel);

    private static Task<List<LeadEvent>> HistoryAsync(SyncBed bed) =>
        bed.ReadAsync(db => db.LeadEvents.ToListAsync(SyncBed.Cancel));
}
