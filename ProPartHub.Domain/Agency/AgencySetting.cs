using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Agency;

/// <summary>Something that admins set for the whole agency; who may, the concept decides whose setting it is.</summary>
public sealed class AgencySetting
{
    /// <summary>What it is, by the name of its <see cref="AgencySettingKey{T}"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The value as JSON.</summary>
    public required string Value { get; set; }

    /// <summary>When it was last set (UTC).</summary>
    public DateTimeOffset SetAt { get; set; }
}

/// <summary>Names a setting and says what its value is.</summary>
/// <typeparam name="T">A record that System.Text.Json reads and writes; new properties need a default.</typeparam>
/// <param name="Name">Name in the database; never changed once there is a value.</param>
/// <param name="Default">What holds until somebody sets something.</param>
public sealed record AgencySettingKey<T>(string Name, T Default)
    where T : class;

/// <summary>Reads and writes settings of the agency inside the caller's context.</summary>
internal static class AgencySettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The value, or the key's default; one command.</summary>
    public static async Task<T> SettingAsync<T>(
        this HubDbContext db,
        AgencySettingKey<T> key,
        CancellationToken cancellationToken
    )
        where T : class =>
        await db
            .AgencySettings.AsNoTracking()
            .Where(row => row.Key == key.Name)
            .Select(row => row.Value)
            .SingleOrDefaultAsync(cancellationToken)
            is { } json
            ? key.Read(json)
            : key.Default;

    /// <summary>The value of a row that was read along with others; the default where there was none.</summary>
    public static T Read<T>(this AgencySettingKey<T> key, string? json)
        where T : class => json is null ? key.Default : JsonSerializer.Deserialize<T>(json, Json) ?? key.Default;

    /// <summary>Sets the value and puts it on record.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="actor">Who decides; the caller has asked for the right.</param>
    /// <param name="key">What is set.</param>
    /// <param name="opened">What the form opened with.</param>
    /// <param name="typed">What it says on save.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed it meanwhile; nothing is stored then.</returns>
    public static async Task<bool> SetAsync<T>(
        this HubDbContext db,
        Actor actor,
        AgencySettingKey<T> key,
        T opened,
        T typed,
        TimeProvider time,
        CancellationToken cancellationToken
    )
        where T : class
    {
        // Two first saves at once would both find no row.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({key.Name}))", cancellationToken);
        var before = JsonSerializer.Serialize(await db.SettingAsync(key, cancellationToken), Json);
        var after = JsonSerializer.Serialize(typed, Json);
        if (before != JsonSerializer.Serialize(opened, Json))
        {
            return false;
        }

        if (before == after)
        {
            return true;
        }

        db.SecurityEvents.Add(SecurityLog.Setting(actor, time, null, key.Name, before, after));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agency_settings (key, value, set_at) VALUES ({key.Name}, {after}::jsonb, {time.GetUtcNow()})
            ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, set_at = EXCLUDED.set_at
            """,
            cancellationToken
        );
        db.ChangedTopics.Add(AgencyTopic.Settings);
        return true;
    }
}

internal sealed class AgencySettingConfiguration : IEntityTypeConfiguration<AgencySetting>
{
    public void Configure(EntityTypeBuilder<AgencySetting> builder)
    {
        builder.ToTable("agency_settings");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Key).HasMaxLength(64);
        builder.Property(row => row.Value).HasColumnType("jsonb");
    }
}
