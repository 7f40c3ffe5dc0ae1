using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Templates;

/// <summary>Templates are one's own, a team's or everybody's; what was sent stands in the timeline.</summary>
public sealed class MessageTemplateTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MessageTemplates Templates => _bed.Get<MessageTemplates>();

    private static TemplateInput Input => new() { Name = "Знайомство", BodyUk = "Вітаю, {client}!" };

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Shared_ReachesWhomItIsSharedWith()
    {
        await SaveAsync(_bed.Olena, Input with { Name = "Моє" });
        await SaveAsync(_bed.Nina, Input with { Name = "Команди", SharedWith = TemplateSharing.Team });
        await SaveAsync(_bed.Ada, Input with { Name = "Усіх", SharedWith = TemplateSharing.All });

        Assert.Equal(
            ["Моє", "Команди", "Усіх"],
            (await Templates.ListAsync(_bed.Olena, Token)).Select(row => row.Values.Name)
        );
        Assert.Equal(
            ["Команди", "Усіх"],
            (await Templates.ListAsync(_bed.Taras, Token)).Select(row => row.Values.Name)
        );
        Assert.Equal(["Усіх"], (await Templates.ListAsync(_bed.James, Token)).Select(row => row.Values.Name));
    }

    [Fact]
    public async Task Agents_ShareNothing_AndOthersAreNotTheirsToChange()
    {
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            SaveAsync(_bed.Olena, Input with { SharedWith = TemplateSharing.All })
        );
        var id = await SaveAsync(_bed.Nina, Input with { SharedWith = TemplateSharing.Team });

        await Assert.ThrowsAsync<NotFoundException>(() =>
            Templates.SaveAsync(_bed.Olena, id, Input with { SharedWith = TemplateSharing.Team }, Input, Token)
        );
        await Assert.ThrowsAsync<NotFoundException>(() => Templates.DeleteAsync(_bed.Olena, id, Token));
        await Templates.DeleteAsync(_bed.Ada, id, Token);
        Assert.Empty(await Templates.ListAsync(_bed.Olena, Token));
        await Templates.RestoreAsync(_bed.Ada, id, Token);
        Assert.Single(await Templates.ListAsync(_bed.Olena, Token));
        Assert.Equal(
            3,
            await _bed.ReadAsync(db =>
                db.SecurityEvents.CountAsync(row => row.Kind == SecurityEventKind.TemplateChanged)
            )
        );
    }

    [Theory]
    [InlineData(null, "x", FieldErrorCode.Required)]
    [InlineData("n", " ", FieldErrorCode.Required)]
    [InlineData("n", "{phone}", TemplateUnknown)]
    public async Task Faults_AreRefused(string? name, string body, string code)
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            SaveAsync(_bed.Olena, new TemplateInput { Name = name, BodyUk = body })
        );

        Assert.Equal(code, refused.Errors[0].Code);
    }

    [Fact]
    public async Task ChangedMeanwhile_IsNotOverwritten()
    {
        var id = await SaveAsync(_bed.Olena, Input);
        Assert.True(await Templates.SaveAsync(_bed.Olena, id, Input, Input with { BodyEn = "Hello" }, Token));

        Assert.False(await Templates.SaveAsync(_bed.Olena, id, Input, Input with { BodyEn = "Hi" }, Token));
    }

    [Fact]
    public async Task Sent_StandsInTheTimeline_AndIsWork()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        _bed.Time.Advance(TimeSpan.FromHours(1));

        await Templates.NoteSentAsync(_bed.Olena, lead.Id, MessageChannel.Viber, "Вітаю, Клієнт 1!", Token);

        var page = await _bed.Get<TimelineQueries>().PageAsync(_bed.Olena, lead.Id, TimelineKinds.All, null, 10, Token);
        var sent = page.Entries.Select(entry => entry.Event).First(row => row?.Kind is LeadEventKind.MessageSent)!;
        Assert.Equal(["Viber", "Вітаю, Клієнт 1!"], sent.Changes.Select(change => change.After));
        Assert.Equal(_bed.Time.GetUtcNow(), (await _bed.LoadAsync(lead.Id)).AnsweredAt);
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Templates.NoteSentAsync(_bed.Taras, lead.Id, MessageChannel.Viber, "x", Token)
        );
    }

    private const string TemplateUnknown = "UnknownField";

    private async Task<Guid> SaveAsync(Domain.People.Actor actor, TemplateInput input)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Templates.SaveAsync(actor, id, null, input, Token));
        return id;
    }
}
