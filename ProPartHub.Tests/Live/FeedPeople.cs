using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Tests.Live;

/// <summary>People and messages for tests without a database: Olena and Nina are of the north, James of the south.</summary>
internal static class FeedPeople
{
    public static readonly Guid North = Guid.CreateVersion7();
    public static readonly Guid South = Guid.CreateVersion7();
    public static readonly Actor Olena = new(Guid.CreateVersion7(), "Олена", Role.Agent, North);
    public static readonly Actor Taras = new(Guid.CreateVersion7(), "Тарас", Role.Agent, North);
    public static readonly Actor Nina = new(Guid.CreateVersion7(), "Ніна", Role.Manager, North);
    public static readonly Actor James = new(Guid.CreateVersion7(), "James", Role.Agent, South);
    public static readonly Actor Mark = new(Guid.CreateVersion7(), "Mark", Role.Manager, South);
    public static readonly Actor Leaderless = new(Guid.CreateVersion7(), "Ліда", Role.Manager, null);
    public static readonly Actor Ada = new(Guid.CreateVersion7(), "Ada", Role.Admin, null);

    public static IReadOnlyList<Actor> All => [Olena, Taras, Nina, James, Mark, Leaderless, Ada];

    public static FeedMessage Edited(Guid leadId, Actor? agent, long eventId = 1) =>
        new()
        {
            Kind = LeadEventKind.Edited,
            LeadId = leadId,
            EventId = eventId,
            AgentId = agent?.UserId,
            TeamId = agent?.TeamId,
            ActorId = Ada.UserId,
        };

    public static FeedMessage Transferred(Guid leadId, Actor? from, Actor? to) =>
        Edited(leadId, to) with
        {
            Kind = LeadEventKind.Transferred,
            PreviousAgentId = from?.UserId,
            PreviousTeamId = from?.TeamId,
        };
}
