using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Account;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Components of leads over the real services and a real database, with a feed that the test speaks into.</summary>
public abstract class LeadComponentTest : ComponentTest
{
    private BunitAuthorizationContext _session = null!;

    protected HubBed Bed { get; private set; } = null!;

    protected LeadFeed Feed { get; private set; } = null!;

    protected static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        Bed = await HubBed.CreateAsync(Token);
        Feed = new LeadFeed(Clock, NullLogger<LeadFeed>.Instance);
        Services.AddSingleton(Feed);
        Services.AddSingleton(Bed.Get<LeadQueries>());
        Services.AddSingleton(Bed.Get<LeadService>());
        Services.AddSingleton(Bed.Get<BoardQueries>());
        Services.AddSingleton(Bed.Get<DuplicateCheck>());
        Services.AddSingleton(Bed.Get<StageDirectory>());
        Services.AddSingleton(Bed.Get<PeopleQueries>());
        Services.AddSingleton(Bed.Get<TimelineQueries>());
        Services.AddSingleton(Bed.Get<CommentService>());
        Services.AddHttpContextAccessor();
        Services.AddScoped<CircuitAddress>();
        Services.AddScoped<CurrentActor>();
        _session = AddAuthorization();
        SetRendererInfo(new("Server", isInteractive: true));
    }

    /// <summary>Lets an actor of the bed use the components.</summary>
    protected void SignIn(Actor actor)
    {
        _session.SetAuthorized(actor.Name);
        _session.SetClaims(
            new Claim(ClaimTypes.NameIdentifier, actor.UserId.ToString()),
            new Claim(ClaimTypes.Role, actor.Role.ToString()),
            new Claim(HubClaims.Team, actor.TeamId?.ToString() ?? "")
        );
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

    /// <summary>The place where dialogs appear.</summary>
    protected IRenderedComponent<MudDialogProvider> RenderDialogs() => Render<MudDialogProvider>();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Bed.DisposeAsync();
    }
}
