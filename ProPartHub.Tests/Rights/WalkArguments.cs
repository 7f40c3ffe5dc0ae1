using System.Reflection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Knowledge;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Arguments that a person with bad intentions would choose: ids of somebody else's lead, comment, account; the rest is
/// whatever the method takes.
/// </summary>
internal sealed class WalkArguments(PeopleBed people, Guid leadId, CancellationToken cancellationToken)
{
    public Guid LeadId => leadId;

    public Guid CommentId { get; } = Guid.CreateVersion7();

    public Guid AttachmentId { get; } = Guid.CreateVersion7();

    public Guid FollowUpId { get; } = Guid.CreateVersion7();

    public Guid ViewId { get; } = Guid.CreateVersion7();

    public Guid TagId { get; } = Guid.CreateVersion7();

    public Guid ActId { get; } = Guid.CreateVersion7();

    /// <summary>The other team's import.</summary>
    public Guid ImportId { get; } = Guid.CreateVersion7();

    public Guid ConflictId { get; } = Guid.CreateVersion7();

    public Guid RequestId { get; } = Guid.CreateVersion7();

    public Guid DocumentId { get; } = Guid.CreateVersion7();

    public Guid ClaimId { get; } = Guid.CreateVersion7();

    public Guid AbsenceId { get; } = Guid.CreateVersion7();

    public Guid ServiceLevelId { get; } = Guid.CreateVersion7();

    public Guid TemplateId { get; } = Guid.CreateVersion7();

    public Guid DevelopmentId { get; } = Guid.CreateVersion7();

    public Guid LinkId { get; } = Guid.CreateVersion7();

    /// <summary>Number of a development that matches the lead.</summary>
    public long DevelopmentNumber { get; set; }

    /// <summary>The service, as the portal composes it.</summary>
    public object Service(Type type) =>
        people.Find(type) ?? people.Bed.Find(type) ?? throw new InvalidOperationException($"{type} is not registered.");

    /// <summary>The argument for a parameter.</summary>
    public object? For(ParameterInfo parameter, Actor actor)
    {
        var type = parameter.ParameterType;
        if (type == typeof(Actor))
        {
            return actor;
        }

        if (type == typeof(Guid) || type == typeof(Guid?))
        {
            return parameter.Member.DeclaringType == typeof(ClaimRequests) && parameter.Name == "requestId"
                ? ClaimId
                : IdFor(parameter.Name!);
        }

        if (type == typeof(long) && parameter.Member.DeclaringType == typeof(PropertyMatches))
        {
            return DevelopmentNumber;
        }

        if (type == typeof(CancellationToken))
        {
            return cancellationToken;
        }

        return Known(type) ?? Any(type);
    }

    private Guid? IdFor(string name) =>
        name switch
        {
            // The other lead of two as well: a stranger has neither.
            "leadId" or "otherId" or "subjectId" => LeadId,
            "commentId" => CommentId,
            "attachmentId" => AttachmentId,
            "followUpId" => FollowUpId,
            "viewId" => ViewId,
            "tagId" => TagId,
            "actId" or "doneId" => ActId,
            "importId" => ImportId,
            "conflictId" => ConflictId,
            "requestId" => RequestId,
            // One key for an agent's document, a lead's and its version.
            "documentId" or "versionId" => DocumentId,
            "absenceId" => AbsenceId,
            "levelId" => ServiceLevelId,
            "templateId" => TemplateId,
            "developmentId" => DevelopmentId,
            "linkId" => LinkId,
            "ruleId" => AssignmentRule.DefaultId,
            "toId" or "agentId" => people.Bed.Mark.UserId,
            "stageId" or "movedTo" => FirstStage().Id,
            "quotedCommentId" or "except" => null,
            "sessionId" or "present" => Guid.CreateVersion7(),
            _ => people.Bed.Olena.UserId,
        };

    private object? Known(Type type) =>
        type == typeof(LeadInput) ? HubBed.Input(77)
        : type == typeof(MergeOrder)
            ? new MergeOrder(LeadId, LeadId, new Dictionary<LeadField, string?>(), HubBed.Input(1), HubBed.Input(2))
        : type == typeof(LeadListQuery) ? new LeadListQuery()
        : type == typeof(LeadDetails) ? Of(people.Bed.Get<LeadQueries>().DetailsAsync)
        : type == typeof(BoardCard) ? Of(people.Bed.Get<BoardQueries>().CardAsync)
        : type == typeof(BulkOrder) ? new BulkOrder(BulkKind.AddTag, TagId: TagId)
        : type == typeof(BulkTarget) ? new BulkTarget([LeadId], null, null)
        : type == typeof(IReadOnlyCollection<LeadColumn>) ? Enum.GetValues<LeadColumn>()
        : type == typeof(BoardQuery) ? Board()
        : type == typeof(IReadOnlyCollection<BoardSlice>)
            ? Stages().Select(stage => new BoardSlice(new StagePlace(stage))).ToArray()
        : type == typeof(ConsentInput) ? new ConsentInput(ConsentState.Withdrawn, "Щось")
        : type == typeof(LeadPlace) ? new LeadPlace(FirstStage().Id, null)
        : type == typeof(FollowUpInput) ? new FollowUpInput("Щось", null, people.Bed.Time.GetUtcNow().AddDays(2))
        : type == typeof(PersonInput)
            ? new PersonInput("walker", "Walker", "w@example.com", Role.Agent, null, "Walk", "uk")
        : type == typeof(IReadOnlyList<PersonInput>) ? Array.Empty<PersonInput>()
        : type == typeof(PasswordInput) ? new PasswordInput("a", "п’ять не пов’язаних слів", "п’ять не пов’язаних слів")
        : type == typeof(ProfileInput) ? new ProfileInput("Walker", "uk")
        : type == typeof(SeenPlace) ? new SeenPlace(null, people.Bed.Time.GetUtcNow().AddDays(-30))
        : type == typeof(PointRulesInput) ? new PointRulesInput(true, 1, 2, 3, PointRules.StandardLevels)
        : type == typeof(ProtectionRule) ? new ProtectionRule { Days = 7 }
        : type == typeof(QuietRule) ? new QuietRule { Days = 14 }
        : type == typeof(BirthdayRule) ? new BirthdayRule { Title = "Щось" }
        : type == typeof(WorkingTime) ? new WorkingTime()
        : type == typeof(AssignmentRuleInput) ? new AssignmentRuleInput { Name = "Щось" }
        : type == typeof(ServiceLevelInput) ? new ServiceLevelInput { Name = "Щось" }
        : type == typeof(TemplateInput) ? new TemplateInput { Name = "Щось", BodyUk = "Щось" }
        : type == typeof(DevelopmentInput) ? Offers.Input
        : type == typeof(DocumentOwner) ? new DocumentOwner(DocumentOwnerKind.Lead, LeadId)
        : type == typeof(LinkOrder) ? new LinkOrder(DevelopmentId)
        : type == typeof(CatalogueQuery) ? new CatalogueQuery()
        : type == typeof(ContactQuery) ? new ContactQuery()
        : type == typeof(ArticleInput) ? Writings.Input
        : type == typeof(ArticleQuery) ? new ArticleQuery()
        : type == typeof(IReadOnlyCollection<int>) ? new[] { 1 }
        : type == typeof(IReadOnlyList<Guid>) ? new[] { DevelopmentId }
        : type == typeof(DateOnly) ? new DateOnly(2026, 4, 1)
        : type == typeof(AuditFilter) ? new AuditFilter()
        : type == typeof(NotificationFilter) ? new NotificationFilter()
        : type == typeof(NotificationPreferences) ? new NotificationPreferences { NamesClients = true }
        : type == typeof(PersonSettingKey<NotificationPreferences>) ? NotificationPreferences.Key
        : type == typeof(AddressInput) ? new AddressInput("walker@example.com", "a")
        : type == typeof(HandedIn) ? new HandedIn("a.pdf", "application/pdf", 9, () => new MemoryStream(new byte[9]))
        : type == typeof(IReadOnlyList<HandedIn>) ? Array.Empty<HandedIn>()
        : type == typeof(PeopleQuery) ? new PeopleQuery()
        : type == typeof(TeamMovePlan) ? Plan()
        : type == typeof(AgentMismatchKey)
            ? new AgentMismatchKey(people.Bed.Mark.UserId, null, null, people.Bed.Olena.UserId)
        : type == typeof(IReadOnlySet<LeadField>) ? new HashSet<LeadField>()
        : type == typeof(IReadOnlyCollection<LeadField>) ? new[] { LeadField.Company }
        : type == typeof(IReadOnlyCollection<Guid>) ? new[] { LeadId, people.Bed.Olena.UserId }
        : type == typeof(IReadOnlyCollection<string>) ? new[] { "1" }
        : type == typeof(IReadOnlyCollection<StageItem>) || type == typeof(IEnumerable<StageItem>) ? Stages()
        : type == typeof(ImportChoices)
            ? new ImportChoices(
                [ImportField.ClientName, ImportField.Phone],
                PhoneNumber.HomeCountry,
                DuplicatePolicy.Update,
                people.Bed.Mark.UserId
            )
        : type == typeof(TextShape) ? new TextShape(TextCoding.Utf8, ',')
        : type == typeof(Stream) ? new MemoryStream("Name,Phone\nWalker,0501234567\n"u8.ToArray())
        : type == typeof(Func<long, Stream>) ? (long _) => Stream.Null
        : type == typeof(Func<CancellationToken, Task>) ? (CancellationToken _) => Task.CompletedTask
        : type == typeof(Func<FeedBatch, Task>) ? (FeedBatch _) => Task.CompletedTask
        : type == typeof((string, string?)[]) ? Array.Empty<(string, string?)>()
        : null;

    private static object? Any(Type type) =>
        type == typeof(string) ? "Щось"
        : type == typeof(int) ? 1
        : type == typeof(bool) ? true
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
        : type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type)
        : null;

    // As if somebody had once seen the lead.
    private T Of<T>(Func<Actor, Guid, CancellationToken, Task<T>> read) =>
        read(people.Bed.Ada, LeadId, cancellationToken).GetAwaiter().GetResult();

    // By agent, so that a stranger's board has to leave other people's columns out.
    private BoardQuery Board()
    {
        var now = people.Bed.Time.GetUtcNow();
        return new BoardQuery(
            Stages(),
            BoardGrouping.Agent,
            new FollowUpDays(now, now.AddDays(1), now.AddDays(2), now.AddDays(7)),
            new LeadListQuery()
        );
    }

    // A move that never was: as if somebody wanted to "put back" the agent into the own team.
    private TeamMovePlan Plan() =>
        new(
            people.Bed.Nina.UserId,
            "Walk",
            people.Bed.Nina.TeamId!.Value,
            "Walk",
            [new(people.Bed.Olena.UserId, "Walk", people.Bed.Mark.TeamId, "Walk", 0, TeamMoveOutcome.Moves)],
            0
        );

    private StageItem FirstStage() => Stages()[0];

    private IReadOnlyList<StageItem> Stages() =>
        people.Bed.Get<StageDirectory>().AllAsync(cancellationToken).GetAwaiter().GetResult();
}
