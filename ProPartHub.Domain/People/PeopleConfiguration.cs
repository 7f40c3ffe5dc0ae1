using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.People;

internal sealed class PeopleConfiguration : IEntityTypeConfiguration<HubUser>, IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<HubUser> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.DisplayName).HasMaxLength(HubUser.DisplayNameLength).UseCollation("uk-x-icu");
        builder.Property(user => user.HubSpotOwnerId).HasMaxLength(32);
        builder.Property(user => user.Culture).HasMaxLength(5);
        // Identity's own index of the name, made unique: people log in by mail too.
        builder.HasIndex(user => user.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
        builder.HasIndex(user => user.HubSpotOwnerId).IsUnique();
        builder.HasIndex(user => new { user.TeamId, user.DisplayName });
        builder.HasIndex(user => user.DisplayName);
        builder.HasOne(user => user.Team).WithMany(team => team.Members).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("teams");
        builder.Property(team => team.Id).ValueGeneratedNever();
        builder.Property(team => team.Name).HasMaxLength(Team.NameLength).UseCollation("uk-x-icu");
        builder.HasIndex(team => team.Name).IsUnique();
    }
}
