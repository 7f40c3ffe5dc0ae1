using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Knowledge;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.People;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Palette;

/// <summary>What the palette asks.</summary>
/// <param name="Text">What was typed; empty for the leads opened last.</param>
/// <param name="Recent">Ids of those leads; the browser keeps no names.</param>
internal sealed record PaletteQuestion(string? Text, IReadOnlyList<Guid>? Recent);

/// <summary>One thing found.</summary>
/// <param name="Href">Its page.</param>
/// <param name="Title">Its name, cut where it was found.</param>
/// <param name="Detail">A quieter line, cut alike.</param>
/// <param name="Badge">A word about its state.</param>
/// <param name="Status">A lead's status, for the colour of its badge.</param>
internal sealed record PaletteHit(
    string Href,
    IReadOnlyList<TextPiece> Title,
    IReadOnlyList<TextPiece> Detail,
    string? Badge,
    string? Status
);

/// <summary>What was found.</summary>
internal sealed record PaletteAnswer(
    IReadOnlyList<PaletteHit> Leads,
    IReadOnlyList<PaletteHit> People,
    IReadOnlyList<PaletteHit> Articles
);

/// <summary>
/// Finds leads, people and articles for the palette: one command for leads, one for articles and, for those who lead people,
/// one for people. A browser
/// that goes on typing takes its question back, which ends the commands in the database too.
/// </summary>
internal sealed class PaletteSearch(
    LeadQueries leads,
    PeopleDirectory people,
    ArticleQueries articles,
    ActLimits limits,
    IStringLocalizer<PaletteTexts> texts,
    IStringLocalizer<SharedTexts> shared
)
{
    /// <summary>Asked by POST: a client's name or phone in an address would stay in the logs of proxies.</summary>
    public const string Path = "/palette";

    /// <summary>Most leads opened last that are shown.</summary>
    public const int MostRecent = 5;

    public async Task<Results<Ok<PaletteAnswer>, StatusCodeHttpResult, EmptyHttpResult>> AnswerAsync(
        HttpContext context,
        PaletteQuestion question
    )
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Find))
        {
            return TypedResults.Empty;
        }

        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return TypedResults.Ok(
                string.IsNullOrWhiteSpace(question.Text)
                    ? await RecentAsync(actor, question.Recent ?? [], context.RequestAborted)
                    : await FindAsync(actor, question.Text, context.RequestAborted)
            );
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Empty;
        }
    }

    private async Task<PaletteAnswer> FindAsync(Actor actor, string text, CancellationToken cancellationToken)
    {
        var words = LeadReadings.Of(text).SelectMany(LeadReadings.WordsOf).Append(SearchText.ForQuery(text)).ToList();
        var found = await leads.FindAsync(actor, text, cancellationToken);
        var persons = actor.Role is Role.Agent ? [] : await people.FindAsync(actor, text, cancellationToken);
        return new PaletteAnswer(
            [.. found.Select(row => Lead(row, words))],
            [.. persons.Select(person => Person(actor, person, words))],
            [.. (await articles.FindAsync(actor, text, cancellationToken)).Select(row => Article(row, text))]
        );
    }

    private async Task<PaletteAnswer> RecentAsync(
        Actor actor,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var asked = ids.Distinct().Take(MostRecent).ToList();
        var rows = await leads.RowsAsync(actor, asked, new LeadListQuery(), cancellationToken);
        return new PaletteAnswer([.. rows.OrderBy(row => asked.IndexOf(row.Id)).Select(row => Lead(row, []))], [], []);
    }

    private PaletteHit Lead(LeadRow row, IReadOnlyList<string> words)
    {
        string?[] details =
        [
            $"L-{row.Number}",
            row.Phone is { } phone ? PhoneNumber.Display(phone) : null,
            row.Email,
            row.AgentName,
        ];
        return new PaletteHit(
            $"{LeadListAddress.Path}/{row.Id}",
            SearchMarks.Of(row.ClientName, words),
            SearchMarks.Of(Joined(details), words),
            row.IsArchived ? texts["Archived"].Value : row.StageLabel,
            row.IsArchived ? null : row.Status.ToString().ToLowerInvariant()
        );
    }

    private static PaletteHit Article(ArticleRow row, string text)
    {
        var words = ArticleQueries.WordsOf(text);
        return new PaletteHit(
            KnowledgeAddress.Of(row.Number),
            SearchMarks.Of(row.Title, words),
            SearchMarks.Of(row.SectionName, []),
            Badge: null,
            Status: null
        );
    }

    // A person's own page is for admins; a manager is led to the person in the list of the team.
    private PaletteHit Person(Actor actor, PersonFound person, IReadOnlyList<string> words) =>
        new(
            actor.Role is Role.Admin
                ? PeopleAddress.Person(person.Id)
                : PeopleAddress.Write(new PeopleQuery(person.UserName)),
            SearchMarks.Of(person.DisplayName, words),
            SearchMarks.Of(
                Joined(shared[$"User_Role_{person.Role}"], person.TeamName, person.UserName, person.Email),
                words
            ),
            person.IsActive ? null : texts["SwitchedOff"].Value,
            Status: null
        );

    private static string Joined(params string?[] parts) => string.Join(" · ", parts.OfType<string>());
}

internal static class PaletteHosting
{
    // Ids of the leads opened last and a short text.
    private const int LongestQuestion = 4 * 1024;

    public static void MapPalette(this WebApplication app) =>
        app.MapPost(
                PaletteSearch.Path,
                (HttpContext context, PaletteQuestion question, PaletteSearch search) =>
                    search.AnswerAsync(context, question)
            )
            .WithMetadata(new RequestSizeLimitAttribute(LongestQuestion))
            .ExcludeFromDescription();
}
