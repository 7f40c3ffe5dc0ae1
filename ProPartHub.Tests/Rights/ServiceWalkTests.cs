using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Domain.Views;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Documents;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Walks every public method of the domain that takes an actor, as people who must not know of a certain lead: another
/// agent, another team's manager, somebody without any lead. Nobody learns of it and nothing changes.
/// </summary>
public sealed class ServiceWalkTests : IAsyncLifetime
{
    private const string Name = "Таємна Клієнтка";
    private const string Words = "Слова, яких ніхто інший не бачить";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private PeopleBed _people = null!;
    private WalkArguments _arguments = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        var bed = _people.Bed;
        var lead = await bed.Get<LeadService>()
            .CreateAsync(
                bed.Olena,
                Tests.Infrastructure.HubBed.Input(1) with
                {
                    ClientName = Name,
                    BudgetTo = Offers.Input.PriceFrom,
                },
                null,
                Token
            );
        _arguments = new WalkArguments(_people, lead.Id, Token);
        _arguments.DevelopmentNumber = await bed.Get<DevelopmentService>()
            .CreateAsync(bed.Nina, _arguments.DevelopmentId, Offers.Input, Token);
        await bed.Get<CommentService>().AddAsync(bed.Olena, _arguments.CommentId, lead.Id, Words, null, Token);
        await bed.Get<FollowUpService>()
            .AddAsync(
                bed.Olena,
                _arguments.FollowUpId,
                lead.Id,
                new FollowUpInput(Words, null, bed.Time.GetUtcNow().AddDays(1)),
                Token
            );
        await bed.Get<SavedViews>()
            .SaveAsync(bed.Olena, _arguments.ViewId, ViewPage.Board, Words, "", ViewSharing.Nobody, Token);
        await bed.Get<TagService>().SaveAsync(bed.Nina, _arguments.TagId, "VIP", TagColour.Red, Token);
        await bed.Get<LeadImports>()
            .BeginAsync(
                bed.Nina,
                _arguments.ImportId,
                "leads.csv",
                new MemoryStream("Name,Phone\nWalker,0501234567\n"u8.ToArray()),
                Token
            );
        await bed.Get<BulkActs>()
            .BeginAsync(
                bed.Olena,
                _arguments.ActId,
                new BulkOrder(BulkKind.AddTag, TagId: _arguments.TagId),
                new BulkTarget([lead.Id], null, null),
                Token
            );
        await bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.SyncConflicts.Add(
                        new SyncConflict
                        {
                            Id = _arguments.ConflictId,
                            LeadId = lead.Id,
                            Field = nameof(LeadField.Country),
                            Ours = Words,
                            Theirs = Words,
                            At = bed.Time.GetUtcNow(),
                        }
                    );
                    db.ClaimRequests.Add(
                        new ClaimRequest
                        {
                            Id = _arguments.ClaimId,
                            LeadId = lead.Id,
                            AskedById = bed.Olena.UserId,
                            Phone = "+380501000001",
                            Words = Words,
                            AskedAt = bed.Time.GetUtcNow(),
                        }
                    );
                    db.CommentAttachments.Add(
                        new CommentAttachment
                        {
                            Id = _arguments.AttachmentId,
                            LeadId = lead.Id,
                            CommentId = _arguments.CommentId,
                            UploadedById = bed.Olena.UserId,
                            Name = Words,
                            Type = FileType.Pdf,
                            UploadedAt = bed.Time.GetUtcNow(),
                        }
                    );
                    db.Documents.Add(DocumentRows.Of(_arguments.DocumentId, lead.Id, Words, bed.Time.GetUtcNow()));
                    db.Absences.Add(
                        new Absence
                        {
                            Id = _arguments.AbsenceId,
                            UserId = bed.Olena.UserId,
                            FromDay = new DateOnly(2026, 5, 1),
                            ToDay = new DateOnly(2026, 5, 2),
                        }
                    );
                    db.ServiceLevels.Add(
                        new ServiceLevel
                        {
                            Id = _arguments.ServiceLevelId,
                            Name = Words,
                            TeamId = bed.Nina.TeamId,
                            Limit = 1,
                            Steps = [new(ServiceAct.Remind, 0)],
                        }
                    );
                    db.SharedLinks.Add(
                        new SharedLink
                        {
                            Id = _arguments.LinkId,
                            DevelopmentId = _arguments.DevelopmentId,
                            AuthorId = bed.Olena.UserId,
                            TokenHash = [1],
                            CreatedAt = bed.Time.GetUtcNow(),
                            ExpiresAt = bed.Time.GetUtcNow().AddDays(1),
                        }
                    );
                    db.MessageTemplates.Add(
                        new MessageTemplate
                        {
                            Id = _arguments.TemplateId,
                            OwnerId = bed.Olena.UserId,
                            Name = Words,
                            Channel = MessageChannel.Viber,
                            BodyUk = Words,
                        }
                    );
                    db.VerificationRequests.Add(
                        new VerificationRequest
                        {
                            Id = _arguments.RequestId,
                            UserId = bed.Olena.UserId,
                            State = VerificationState.Waiting,
                            Message = Words,
                            AskedAt = bed.Time.GetUtcNow(),
                            Documents =
                            {
                                new VerificationDocument { Id = _arguments.DocumentId, Name = Words },
                            },
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public void EveryMethod_HasARule_AndEveryRuleItsMethod() =>
        Assert.Equal(ServiceRules.All.Keys.Order(), Methods().Select(NameOf).Distinct().Order());

    [Fact]
    public async Task NobodyElse_LearnsOfALeadOrChangesIt()
    {
        var bed = _people.Bed;
        var stranger = new Actor(Guid.CreateVersion7(), "Nobody", Role.Agent, null, "test");
        var faults = new List<string>();
        foreach (var actor in new[] { bed.James, bed.Mark, bed.Taras, stranger })
        {
            foreach (var method in Methods())
            {
                var rule = ServiceRules.All[NameOf(method)];
                var before = rule is ServiceRule.Own ? "" : await FingerprintAsync();
                var (answer, refusal) = await CallAsync(method, actor);
                if (rule is ServiceRule.Admins && refusal is not ForbiddenException)
                {
                    faults.Add($"{NameOf(method)} as {actor.Name}: {refusal?.GetType().Name ?? "allowed"}");
                }
                else if (rule is ServiceRule.Concerned && refusal is not (NotFoundException or ForbiddenException))
                {
                    faults.Add($"{NameOf(method)} as {actor.Name}: {refusal?.GetType().Name ?? "allowed"}");
                }

                if (Tells(answer) || Tells(refusal?.Message))
                {
                    faults.Add($"{NameOf(method)} as {actor.Name} tells of the lead: {answer}");
                }

                if (rule is not ServiceRule.Own && await FingerprintAsync() != before)
                {
                    faults.Add($"{NameOf(method)} as {actor.Name} changed something");
                }
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task WhateverIsRefused_IsInTheAudit()
    {
        var refusals = _people.Bed.Get<RefusalLog>();
        var (noted, silent) = (0, new List<string>());
        foreach (var method in Methods().Where(method => ServiceRules.All[NameOf(method)] is not ServiceRule.Own))
        {
            var (_, refusal) = await CallAsync(method, _people.Bed.James with { Refusals = refusals });
            await refusals.StoreAsync(Token);
            var rows = await _people.Bed.ReadAsync(db =>
                db.SecurityEvents.CountAsync(
                    row => row.Kind == SecurityEventKind.AccessDenied && row.ActorId == _people.Bed.James.UserId,
                    Token
                )
            );
            if (rows == noted)
            {
                silent.Add($"{NameOf(method)}: {refusal?.Message}");
            }

            noted = rows;
            _people.Bed.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(silent);
    }

    [Fact]
    public async Task WhoeverLooksThroughTheAgentsEyes_ChangesNothingByAnyMethod()
    {
        var looking = _people.Bed.Olena with { ViewerId = _people.Bed.Ada.UserId };
        var before = await FingerprintAsync();

        // What is only written into the audit is no change.
        string[] records =
        [
            "SecurityLog.RecordAsync",
            "VerificationQueries.OpenAsync",
            "ViewAs.EndAsync",
            "AttachmentQueries.OpenAsync",
        ];
        foreach (var method in Methods().Where(method => !records.Contains(NameOf(method))))
        {
            var (_, refusal) = await CallAsync(method, looking);

            Assert.True(
                await FingerprintAsync() == before,
                $"{NameOf(method)} changed something: {refusal?.GetType().Name}"
            );
        }
    }

    internal static IEnumerable<MethodInfo> Methods() =>
        typeof(LeadService)
            .Assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsClass: true } && !type.Name.StartsWith('<'))
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            )
            .Where(method =>
                typeof(Task).IsAssignableFrom(method.ReturnType)
                && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor))
            )
            // A typed store is walked with one of its types.
            .Select(method =>
                method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(NotificationPreferences)) : method
            )
            .OrderBy(NameOf, StringComparer.Ordinal);

    internal static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private bool Tells(string? text) =>
        text is not null
        && (
            text.Contains(Name, StringComparison.Ordinal)
            || text.Contains(Words, StringComparison.Ordinal)
            || text.Contains(_arguments.LeadId.ToString(), StringComparison.Ordinal)
        );

    private async Task<(string? Answer, Exception? Refusal)> CallAsync(MethodInfo method, Actor actor)
    {
        var arguments = method.GetParameters().Select(parameter => _arguments.For(parameter, actor)).ToArray();
        try
        {
            var task = (Task)method.Invoke(_arguments.Service(method.DeclaringType!), arguments)!;
            await task;
            var result = task.GetType().GetProperty("Result")?.GetValue(task);
            return (result is IAsyncDisposable ? null : JsonSerializer.Serialize(result, Readable), null);
        }
        catch (TargetInvocationException thrown)
        {
            return (null, thrown.InnerException);
        }
        catch (Exception refusal)
        {
            return (null, refusal);
        }
    }

    // Every row of every table but the journal of operations, whose rows come and go with each command.
    private async Task<string> FingerprintAsync()
    {
        await using var connection = new NpgsqlConnection(_people.Bed.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            """
            SELECT string_agg(table_name || ':' || (xpath('/row/h/text()', query_to_xml(
                format('SELECT md5(coalesce(string_agg(t::text, ''|'' ORDER BY t::text), '''')) AS h FROM %I t', table_name),
                true, true, '')))[1]::text, E'\n' ORDER BY table_name)
            FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
              AND table_name NOT IN ('operations', '__EFMigrationsHistory')
            """,
            connection
        );
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
