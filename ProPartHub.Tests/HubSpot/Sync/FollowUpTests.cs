using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.FollowUpDesk;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Follow-ups here are tasks there, in both directions.</summary>
public sealed class FollowUpTests
{
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
}
