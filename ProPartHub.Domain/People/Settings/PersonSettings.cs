using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Settings;

/// <summary>
/// What people set for themselves, one row for each person and key. The actor is always the one whose setting it is.
/// </summary>
public sealed class PersonSettings(HubDatabase database, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The actor's value, or the key's default; one command.</summary>
    public async Task<T> ReadAsync<T>(Actor actor, PersonSettingKey<T> key, CancellationToken cancellationToken)
        where T : class
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return (await ReadAsync(db, [actor.UserId], key, cancellationToken)).GetValueOrDefault(
            actor.UserId,
            key.Default
        );
    }

    /// <summary>Sets the actor's value.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public Task SaveAsync<T>(Actor actor, PersonSettingKey<T> key, T value, CancellationToken cancellationToken)
        where T : class =>
        database.InTransactionAsync((db, token) => WriteAsync(db, actor, key, value, time, token), cancellationToken);

    /// <summary>The values of many people; who has set nothing is not in the answer.</summary>
    internal static async Task<Dictionary<Guid, T>> ReadAsync<T>(
        HubDbContext db,
        IReadOnlyCollection<Guid> people,
        PersonSettingKey<T> key,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var rows = await db
            .PersonSettings.AsNoTracking()
            .Where(row => people.Contains(row.UserId) && row.Key == key.Name)
            .Select(row => new { row.UserId, row.Value })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.UserId, row => Value(row.Value, key));
    }

    /// <summary>Sets the actor's value inside the caller's transaction and puts it on record.</summary>
    internal static async Task WriteAsync<T>(
        HubDbContext db,
        Actor actor,
        PersonSettingKey<T> key,
        T value,
        TimeProvider time,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var userId = actor.Writing().UserId;
        var json = JsonSerializer.Serialize(value, Json);
        var before = await db
            .PersonSettings.AsNoTracking()
            .Where(row => row.UserId == userId && row.Key == key.Name)
            .Select(row => row.Value)
            .SingleOrDefaultAsync(cancellationToken);
        // The database writes jsonb in an order and with spaces of its own.
        var earlier = JsonSerializer.Serialize(before is null ? key.Default : Value(before, key), Json);
        if (earlier == json)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO person_settings (user_id, key, value, set_at)
            VALUES ({userId}, {key.Name}, {json}::jsonb, {time.GetUtcNow()})
            ON CONFLICT (user_id, key) DO UPDATE SET value = EXCLUDED.value, set_at = EXCLUDED.set_at
            """,
            cancellationToken
        );
        db.SecurityEvents.Add(SecurityLog.Setting(actor, time, userId, key.Name, earlier, json));
    }

    // What an older or newer version wrote in a way that cannot be read is as good as not set.
    private static T Value<T>(string json, PersonSettingKey<T> key)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json) ?? key.Default;
        }
        catch (JsonException)
        {
            return key.Default;
        }
    }
}
