using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.People.Settings;

/// <summary>Something that a person has set for themselves; read and written through <see cref="PersonSettings"/>.</summary>
public sealed class PersonSetting
{
    /// <summary>Whose it is.</summary>
    public Guid UserId { get; init; }

    /// <summary>What it is, by the name of its <see cref="PersonSettingKey{T}"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The value as JSON.</summary>
    public required string Value { get; set; }

    /// <summary>When it was last set (UTC).</summary>
    public DateTimeOffset SetAt { get; set; }
}

/// <summary>Names a setting and says what its value is.</summary>
/// <typeparam name="T">A record that System.Text.Json reads and writes; new properties need a default.</typeparam>
/// <param name="Name">Name in the database; never changed once there are values.</param>
/// <param name="Default">What holds until the person sets something.</param>
public sealed record PersonSettingKey<T>(string Name, T Default)
    where T : class;

internal sealed class PersonSettingConfiguration : IEntityTypeConfiguration<PersonSetting>
{
    public const int KeyLength = 64;

    public void Configure(EntityTypeBuilder<PersonSetting> builder)
    {
        builder.ToTable("person_settings");
        builder.HasKey(row => new { row.UserId, row.Key });
        builder.Property(row => row.Key).HasMaxLength(KeyLength);
        builder.Property(row => row.Value).HasColumnType("jsonb");
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
