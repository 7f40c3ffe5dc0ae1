using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ProPartHub.Domain.Data;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>Which failures are the server's, and what people are told of them.</summary>
public sealed class DatabaseOutageTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.TooManyConnections, true, DatabaseTrouble.NoConnections)]
    [InlineData(PostgresErrorCodes.DiskFull, true, DatabaseTrouble.NoRoom)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, true, DatabaseTrouble.ReadOnly)]
    [InlineData(PostgresErrorCodes.AdminShutdown, true, null)]
    [InlineData(PostgresErrorCodes.QueryCanceled, true, null)]
    [InlineData(PostgresErrorCodes.IoError, true, null)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false, null)]
    [InlineData(PostgresErrorCodes.ForeignKeyViolation, false, null)]
    [InlineData(PostgresErrorCodes.StringDataRightTruncation, false, null)]
    public void RefusedSave_IsAnOutage_WhereTheServerIsAtFault(string state, bool isOutage, DatabaseTrouble? trouble)
    {
        var refused = new PostgresException("no", "ERROR", "ERROR", state);

        Assert.Equal(isOutage, DatabaseOutage.Is(new DbUpdateException("not saved", refused)));
        Assert.Equal(trouble, DatabaseOutage.TroubleOf(new DbUpdateException("not saved", refused)));
        Assert.Equal(trouble, DatabaseOutage.TroubleOf(new RetryLimitExceededException("tried", refused)));
    }

    [Fact]
    public void BrokenConnectionUnderASave_IsAnOutage() =>
        Assert.True(DatabaseOutage.Is(new DbUpdateException("not saved", new NpgsqlException("gone"))));
}
