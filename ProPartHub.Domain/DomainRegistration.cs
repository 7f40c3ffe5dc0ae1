using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Demo;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Reports;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Domain.Views;

namespace ProPartHub.Domain;

/// <summary>Registers the hub's services. All are stateless over <see cref="Data.HubDatabase"/>.</summary>
public static class DomainRegistration
{
    /// <summary>Adds leads, boards, timeline, follow-ups, people and audit; needs <see cref="Data.DataRegistration.AddHubData"/>.</summary>
    public static IServiceCollection AddHubDomain(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddOptions();
        services.AddAgencyCache();
        services.TryAddSingleton<LeadOptionBook>();
        services.AddSingleton<LeadInputValidator>();
        services.AddScoped<LeadService>();
        services.AddScoped<LeadHandOver>();
        services.AddSingleton<StageFigureFolding>();
        services.AddSingleton(provider => new SharedLeadReads<LeadRow>(
            provider.GetRequiredService<HubDatabase>(),
            (_, leads) => leads.Select(LeadQueries.ToRow),
            row => row.Id
        ));
        services.AddSingleton(provider => new SharedLeadReads<BoardCard>(
            provider.GetRequiredService<HubDatabase>(),
            BoardQueries.ToCards,
            card => card.Id
        ));
        services.AddScoped(provider => new LeadQueries(
            provider.GetRequiredService<HubDatabase>(),
            provider.GetRequiredService<SharedLeadReads<LeadRow>>()
        ));
        services.AddScoped<LeadColumnQueries>();
        services.AddScoped<TagService>();
        services.AddBulkActs();
        services.AddLeadImports();
        services.AddScoped<DuplicateCheck>();
        services.AddScoped<LeadMergings>();
        services.AddScoped<StageDirectory>();
        services.AddScoped(provider => new BoardQueries(
            provider.GetRequiredService<HubDatabase>(),
            provider.GetRequiredService<PeopleQueries>(),
            provider.GetRequiredService<SharedLeadReads<BoardCard>>()
        ));
        services.AddScoped<SavedViews>();
        services.AddSingleton<Protection>();
        services.AddSingleton<ClaimRequests>();
        services.AddSingleton<ClaimQueries>();
        services.AddSingleton<ClientPairs>();
        services.AddSingleton<SameClientQueries>();
        services.AddSingleton<WorkingTimeSettings>();
        services.AddSingleton<AssignmentRules>();
        services.AddSingleton<AssignmentRound>();
        services.AddSingleton<Availability>();
        services.AddSingleton<ServiceLevelAdmin>();
        services.AddSingleton<ServiceRound>();
        services.AddSingleton<BirthdayFollowUps>();
        services.AddSingleton<RepeatedFollowUps>();
        services.AddSingleton<MessageTemplates>();
        services.AddScoped<CatalogueQueries>();
        services.AddScoped<DevelopmentService>();
        services.AddScoped<PropertyMatches>();
        services.AddScoped<PhotoService>();
        services.AddScoped<PhotoQueries>();
        services.AddScoped<PriceHistory>();
        services.AddScoped<PropertyLinks>();
        services.AddScoped<SharedPages>();
        services.AddSingleton<SharedVisitSweep>();
        services.AddSingleton<DemoCatalogue>();
        services.AddScoped<ArticleQueries>();
        services.AddScoped<ArticleService>();
        services.AddScoped<ArticleVersionQueries>();
        services.AddScoped<ArticleReadings>();
        services.AddScoped<ArticlePictures>();
        services.AddSingleton<ArticlePictureSweep>();
        services.AddScoped<KnowledgeSections>();
        services.AddSingleton<DemoKnowledge>();
        services.AddScoped<LegacyImport>();
        services.AddScoped<LegacyLinks>();
        services.AddSingleton<DemoOffers>();
        services.AddScoped<CommentService>();
        services.AddScoped<TimelineQueries>();
        services.AddDataProtection();
        services.AddHubFiles();
        services.AddScoped<DocumentQueries>();
        services.AddScoped<DocumentService>();
        services.AddSingleton<DocumentSweep>();
        services.AddBackupDesk();
        services.AddSingleton<AttachmentService>();
        services.AddSingleton<AttachmentQueries>();
        services.AddSingleton<AttachmentSweep>();
        services.AddScoped<FollowUpService>();
        services.AddScoped<FollowUpQueries>();
        services.AddScoped<PeopleQueries>();
        services.TryAddSingleton(new AgencyCalendar(TimeZoneInfo.FindSystemTimeZoneById(AgencyCalendar.StandardZone)));
        services.AddScoped<PointQueries>();
        services.AddScoped<RankingQueries>();
        services.AddScoped<PointCorrections>();
        services.AddScoped<PointSettings>();
        services.AddScoped<AgendaQueries>();
        services.AddScoped<QuietQueries>();
        services.AddScoped<QuietRules>();
        services.AddScoped<NewsQueries>();
        services.AddScoped<SeenMarks>();
        services.AddScoped<FigureQueries>();
        services.AddScoped<TrendQueries>();
        services.AddScoped<TeamQueries>();
        services.AddScoped<FunnelQueries>();
        services.AddScoped<AnswerTimeQueries>();
        services.AddScoped<StageTimeQueries>();
        services.AddScoped<ForecastQueries>();
        services.AddScoped<CohortQueries>();
        services.AddSingleton<CalendarFeeds>();
        services.AddHubNotifications();
        services.AddOptions<AuditOptions>();
        services.AddSingleton<ViewLog>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<AuditVerification>();
        services.AddSingleton<AuditRetention>();
        services.AddSingleton<AuditKeeping>();
        services.AddScoped<AuditQueries>();
        services.AddOptions<PrivacyOptions>();
        services.AddSingleton<ClientErasure>();
        services.AddSingleton<ClientRecords>();
        services.AddSingleton<ArchiveRetention>();
        return services;
    }
}
