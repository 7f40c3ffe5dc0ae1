using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Data;

/// <summary>
/// Proof that a transaction was committed. When the answer to a commit is lost, the retry looks its id up here and
/// does not write twice.
/// </summary>
public sealed class Operation
{
    /// <summary>Name of the primary key in the database.</summary>
    internal const string Key = "pk_operations";

    /// <summary>Made by the caller before the first try.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was committed (UTC); rows older than a day are swept.</summary>
    public DateTimeOffset At { get; init; }
}

internal sealed class OperationConfiguration : IEntityTypeConfiguration<Operation>
{
    public void Configure(EntityTypeBuilder<Operation> builder)
    {
        builder.ToTable("operations");
        builder.Property(operation => operation.Id).ValueGeneratedNever();
        builder.HasIndex(operation => operation.At);
    }
}
