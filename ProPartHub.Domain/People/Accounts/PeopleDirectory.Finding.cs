using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Searching;

namespace ProPartHub.Domain.People.Accounts;

/// <content>Finding one person among all by a few signs.</content>
public sealed partial class PeopleDirectory
{
    /// <summary>Most people that <see cref="FindAsync"/> gives.</summary>
    public const int MostFound = 5;

    private const int MostWords = 4;
    private const int ShortestText = 2;

    /// <summary>
    /// The people likeliest meant by what was typed: each word is part of a name, user name or mail address, also when
    /// typed on the other keyboard layout. One command; none when the text is too short.
    /// </summary>
    /// <param name="actor">An admin, who finds everybody, or a manager, who finds the own team.</param>
    /// <param name="typed">The text as typed.</param>
    /// <param name="cancellationToken">Stops it in the database too.</param>
    /// <returns>At most <see cref="MostFound"/>: those with an open account first, then by name.</returns>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<IReadOnlyList<PersonFound>> FindAsync(
        Actor actor,
        string? typed,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var visible = VisibleTo(db, actor);
        var text = AccountName.Clean(typed);
        if (text.Length < ShortestText)
        {
            return [];
        }

        string?[] readings = [text, KeyboardLayout.Swapped(text)];
        var found = readings
            .OfType<string>()
            .Select(reading =>
                Words(reading)
                    .Aggregate(visible, Named)
                    .OrderByDescending(user => user.IsActive)
                    .ThenBy(user => user.DisplayName)
                    .ThenBy(user => user.Id)
                    .Take(MostFound)
            )
            .Aggregate(Queryable.Concat);
        var rows = await found
            .Select(user => new PersonFound(
                user.Id,
                user.UserName!,
                user.DisplayName,
                user.Email!,
                user.Role,
                user.Team!.Name,
                user.IsActive
            ))
            .ToListAsync(cancellationToken);
        return [.. rows.DistinctBy(row => row.Id).OrderByDescending(row => row.IsActive).Take(MostFound)];
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords);
}
