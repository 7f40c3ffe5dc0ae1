using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Stages, people and tags by the words with which files name them, as of one moment and for one person.</summary>
internal sealed class ImportDirectory
{
    private readonly ILookup<string, Stage> _stages;
    private readonly ILookup<string, Guid> _people;
    private readonly Dictionary<string, Tag> _tags;

    private ImportDirectory(
        ILookup<string, Stage> stages,
        ILookup<string, Guid> people,
        Dictionary<string, Tag> tags
    ) => (_stages, _people, _tags) = (stages, people, tags);

    /// <summary>Reads everything; three commands.</summary>
    /// <param name="db">The context.</param>
    /// <param name="actor">Who imports: managers name people of their own team alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ImportDirectory> OpenAsync(
        HubDbContext db,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var stages = await db
            .Stages.AsNoTracking()
            .Where(stage => stage.RemovedAt == null && stage.Pipeline.RemovedAt == null)
            .OrderByDescending(stage => stage.Pipeline.IsForNewLeads)
            .ThenBy(stage => stage.Pipeline.DisplayOrder)
            .ThenBy(stage => stage.DisplayOrder)
            .ToListAsync(cancellationToken);
        var people = await db
            .Users.AsNoTracking()
            .Where(user =>
                user.IsActive
                && (
                    actor.Role == Role.Admin
                    || user.Id == actor.UserId
                    || (user.TeamId != null && user.TeamId == actor.TeamId)
                )
            )
            .Select(user => new
            {
                user.Id,
                user.DisplayName,
                user.UserName,
                user.Email,
            })
            .ToListAsync(cancellationToken);
        var tags = await db.Tags.AsNoTracking().Where(tag => tag.RetiredAt == null).ToListAsync(cancellationToken);
        return new ImportDirectory(
            stages.ToLookup(stage => ImportWord.Of(stage.Label)),
            people
                .SelectMany(person =>
                    new[] { person.DisplayName, person.UserName, person.Email }
                        .OfType<string>()
                        .Select(Plain)
                        .Distinct()
                        .Select(word => (Word: word, person.Id))
                )
                .ToLookup(entry => entry.Word, entry => entry.Id),
            tags.GroupBy(tag => ImportWord.Of(tag.Name)).ToDictionary(group => group.Key, group => group.First())
        );
    }

    /// <summary>The stage of a label, of the pipeline for new leads first; null where there is none.</summary>
    public Stage? Stage(string label) => _stages[ImportWord.Of(label)].FirstOrDefault();

    /// <summary>The people of a name, mail or user name.</summary>
    public IReadOnlyList<Guid> People(string name) => [.. _people[Plain(name)].Distinct()];

    /// <summary>The tag of a name; null where there is none.</summary>
    public Tag? Tag(string name) => _tags.GetValueOrDefault(ImportWord.Of(name));

    // A mail is another one without its dots.
    private static string Plain(string text) => text.Trim().ToLowerInvariant();
}
