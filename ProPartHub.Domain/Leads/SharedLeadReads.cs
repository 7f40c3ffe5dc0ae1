using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Reads rows for many pages at once. A change of one lead makes every page that shows it ask for the same row in the
/// same instant; one command at a time answers all who asked while the one before ran. Nothing is kept: a row is
/// always read after it was asked for, so it is never older than the change that the page was told of. One for the
/// process; safe to call from any thread.
/// </summary>
/// <remarks>Rows come whatever the reader's rights are: whoever calls has to apply them.</remarks>
/// <typeparam name="T">A row as lists show it, or a card.</typeparam>
/// <param name="database">Where leads are.</param>
/// <param name="select">Makes rows of leads.</param>
/// <param name="idOf">The lead of a row.</param>
internal sealed class SharedLeadReads<T>(
    HubDatabase database,
    Func<HubDbContext, IQueryable<Lead>, IQueryable<T>> select,
    Func<T, Guid> idOf
)
{
    private static readonly string Name = typeof(T).Name;

    private readonly Lock _lock = new();
    private Read? _next;
    private bool _isReading;

    /// <summary>The rows of the leads that exist, by id, together with those that others asked for.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the read goes on for the others.</exception>
    public Task<IReadOnlyDictionary<Guid, T>> RowsAsync(
        IReadOnlyCollection<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        Read read;
        lock (_lock)
        {
            HubMetrics.CountCache(Name, isHit: _next is not null);
            read = _next ??= new Read();
            read.LeadIds.UnionWith(leadIds);
            if (!_isReading)
            {
                _isReading = true;

                // The work is for everybody: no culture, user or trace of the page that happened to ask first.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(ReadAllAsync, CancellationToken.None);
                }
            }
        }

        return read.Answer.Task.WaitAsync(cancellationToken);
    }

    private async Task ReadAllAsync()
    {
        while (Next() is { } read)
        {
            try
            {
                await using var db = await database.ReadAsync(CancellationToken.None);
                read.Answer.SetResult(
                    await select(db, db.Leads.Where(lead => read.LeadIds.Contains(lead.Id))).ToDictionaryAsync(idOf)
                );
            }
#pragma warning disable CA1031 // Handed on to everybody who waits; nothing is swallowed.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                read.Answer.SetException(exception);
            }
        }
    }

    private Read? Next()
    {
        lock (_lock)
        {
            (var read, _next) = (_next, null);
            _isReading = read is not null;
            return read;
        }
    }

    private sealed class Read
    {
        public HashSet<Guid> LeadIds { get; } = [];

        // Continuations run elsewhere: a page's rendering must not hold up the next read.
        public TaskCompletionSource<IReadOnlyDictionary<Guid, T>> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
