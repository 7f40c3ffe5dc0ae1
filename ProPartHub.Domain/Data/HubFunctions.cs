using Microsoft.EntityFrameworkCore;

namespace ProPartHub.Domain.Data;

/// <summary>PostgreSQL's own functions that queries use by name.</summary>
internal static class HubFunctions
{
    /// <summary>Into which of the spans a moment falls, from 1; 0 before the first. Only for queries.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="starts">When each span begins, in order.</param>
    [DbFunction("width_bucket", IsBuiltIn = true)]
    public static int WidthBucket(DateTimeOffset moment, DateTimeOffset[] starts) =>
        throw new InvalidOperationException("The database does this.");

    public static void Add(ModelBuilder builder) =>
        builder.HasDbFunction(
            typeof(HubFunctions).GetMethod(nameof(WidthBucket), [typeof(DateTimeOffset), typeof(DateTimeOffset[])])!
        );
}
