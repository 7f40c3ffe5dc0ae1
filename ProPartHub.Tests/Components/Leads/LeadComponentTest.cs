using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Domain.Views;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Catalogue;
using ProPartHub.Web.Components.Catalogue.Compare;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Presence;
using ProPartHub.Web.Components.Templates;
using ProPartHub.Web.Components.Timeline;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Components of leads, and changes to them by other people.</summary>
public abstract class LeadComponentTest : HubComponentTest
{
    protected HubBed Bed { get; private set; } = null!;

    /// <summary>Who has which lead open, as the components' process has heard.</summary>
    protected PresenceRoom Room { get; private set; } = null!;

    /// <summary>What the components' process hears of rules, claims and the like.</summary>
    protected AgencySignal Agency { get; } = new();

    /// <summary>The lead pages that the components have open.</summary>
    protected PresenceVisits Visits { get; private set; } = null!;

    protected override async Task ArrangeAsync()
    {
        Bed = await HubBed.CreateAsync(Token);
        Services.AddSingleton(Bed.Get<BoardQueries>());
        Services.AddSingleton(Bed.Get<QuietRules>());
        Services.AddSingleton(Agency);
        Services.AddSingleton(Bed.Get<AgencyCalendar>());
        Services.AddSingleton(Bed.Get<LeadQueries>());
        Services.AddSingleton(Bed.Get<LeadService>());
        Services.AddSingleton(Bed.Get<DuplicateCheck>());
        Services.AddSingleton(new ActLimits(new SecurityLog(Bed.Get<HubDatabase>(), Clock), Clock));
        Services.AddSingleton(Bed.Get<StageDirectory>());
        Services.AddSingleton(Bed.Get<PeopleQueries>());
        Services.AddSingleton(Bed.Get<TimelineQueries>());
        Services.AddSingleton(Bed.Get<CommentService>());
        Services.AddSingleton(Bed.Get<DocumentQueries>());
        Services.AddSingleton(Bed.Get<DocumentService>());
        Services.AddSingleton(Bed.Get<AttachmentService>());
        Services.AddSingleton(Bed.Get<AttachmentQueries>());
        Services.AddSingleton(Bed.Get<FollowUpQueries>());
        Services.AddSingleton(Bed.Get<FollowUpService>());
        Services.AddSingleton(Bed.Get<ViewLog>());
        Services.AddSingleton(Bed.Get<ClientErasure>());
        Services.AddSingleton(Bed.Get<SavedViews>());
        Services.AddSingleton(Bed.Get<Protection>());
        Services.AddSingleton(Bed.Get<SameClientQueries>());
        Services.AddSingleton(Bed.Get<LeadMergings>());
        Services.AddSingleton(Bed.Get<ClientPairs>());
        Services.AddSingleton(Bed.Get<ClaimRequests>());
        Services.AddSingleton(Bed.Get<ClaimQueries>());
        Services.AddSingleton(Bed.Get<MessageTemplates>());
        Services.AddScoped<MessageValues>();
        Services.AddSingleton(Bed.Get<CatalogueQueries>());
        Services.AddSingleton(Bed.Get<DevelopmentService>());
        Services.AddSingleton(Bed.Get<LegacyLinks>());
        Services.AddSingleton(Bed.Get<PropertyMatches>());
        Services.AddSingleton(Bed.Get<PhotoService>());
        Services.AddSingleton(Bed.Get<PhotoQueries>());
        Services.AddSingleton(Bed.Get<PriceHistory>());
        Services.AddSingleton(Bed.Get<PropertyLinks>());
        Services.AddScoped<CompareChoice>();
        Services.AddScoped<CatalogueWords>();
        Services.AddSingleton(Bed.Get<ArticleQueries>());
        Services.AddSingleton(Bed.Get<ArticleService>());
        Services.AddSingleton(Bed.Get<ArticleVersionQueries>());
        Services.AddSingleton(Bed.Get<ArticleReadings>());
        Services.AddSingleton(Bed.Get<ArticlePictures>());
        Services.AddSingleton(Bed.Get<KnowledgeSections>());
        Services.AddSingleton(Bed.Get<PersonSettings>());
        Services.AddSingleton(Bed.Get<LeadColumnQueries>());
        Services.AddSingleton(Bed.Get<TagService>());
        Services.AddSingleton(Bed.Get<BulkActs>());
        Services.AddSingleton(Bed.Get<BulkSignal>());
        Services.AddScoped<LeadCellWords>();
        Services.AddScoped<StageMoves>();
        Services.AddScoped<HandOvers>();
        Services.AddScoped<FactEdits>();
        Services.AddScoped<CardMoves>();
        Services.AddScoped<TimelineChoice>();
        Services.AddSingleton(Room = new PresenceRoom(Clock));
        Services.AddSingleton(Visits = new PresenceVisits(Clock));
        Services.AddScoped<CircuitPresence>();
        Services.AddScoped<PresentPeople>();
        Services.AddSingleton(new SyncLogQueries(Bed.Get<HubDatabase>()));
        Services.AddSingleton(new SyncAdmin(Bed.Get<HubDatabase>(), new SyncSignal(), Bed.Time));
    }

    /// <summary>Tells the components what the database's notification would tell them.</summary>
    protected async Task PublishAsync(Guid leadId, LeadEventKind kind, Actor by)
    {
        var lead = await Bed.LoadAsync(leadId);
        Feed.Publish(
            new FeedMessage
            {
                Kind = kind,
                LeadId = leadId,
                AgentId = lead.AgentId,
                TeamId = lead.TeamId,
                ActorId = by.UserId,
            }
        );
    }

    /// <summary>Changes a lead's name as a person would.</summary>
    protected Task RenameAsync(Actor by, Guid leadId, int number, string name) =>
        Bed.Get<LeadService>()
            .EditAsync(
                by,
                leadId,
                HubBed.Input(number),
                HubBed.Input(number) with
                {
                    ClientName = name,
                },
                new HashSet<LeadField>(),
                Token
            );

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Bed.DisposeAsync();
    }
}
