using ProPartHub.HubSpotSandbox.Associations;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;
using ProPartHub.HubSpotSandbox.Schema.First;

namespace ProPartHub.HubSpotSandbox.Account;

/// <summary>Everything one HubSpot account holds, behind one lock.</summary>
public sealed class HubSpotAccount(SandboxOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectType, RecordSet> _records = ObjectType.All.ToDictionary(
        type => type,
        type => new RecordSet(type)
    );
    private readonly List<AccountChange> _changes = [];

    public SandboxOptions Options { get; } = options;

    internal AccountSchema Schema { get; } = FirstAccount.Schema();

    public PipelineBook Pipelines { get; private set; } = FirstAccount.Pipelines();

    public IReadOnlyList<Owner> Owners { get; } = FirstAccount.Owners();

    internal AssociationStore Associations { get; } = new();

    /// <summary>E-mail addresses erased for good before any contact held them.</summary>
    internal HashSet<string> BlockedEmails { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Decides the order of batch results and other chance; use it under the lock.</summary>
    internal Random Random { get; } = new(options.Seed.Random);

    /// <summary>Told of each call's changes after it was carried out, in their order.</summary>
    internal event Action<IReadOnlyList<AccountChange>>? Changed;

    public RecordSet Records(ObjectType type) => _records[type];

    /// <summary>Puts other pipelines in place; from then on deals can be in their stages only.</summary>
    internal void ReplacePipelines(IReadOnlyList<Pipeline> pipelines)
    {
        Pipelines = new PipelineBook(pipelines);
        Schema.Replace(ObjectType.Deals, DealProperties.StageChoice(pipelines));
    }

    internal DateTimeOffset Now => HubSpotTime.ToMilliseconds(Options.TimeProvider.GetUtcNow());

    /// <summary>Runs reads or writes with the account to oneself, then hands on what changed.</summary>
    public T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            finally
            {
                PublishChanges();
            }
        }
    }

    internal void Publish(AccountChange change) => _changes.Add(change);

    /// <summary>Tells of a change by the app that no webhook reports.</summary>
    internal void PublishTouch() => Publish(new AccountTouched(Now, ChangeSource.Integration(Options.AppId)));

    /// <summary>Drops unpublished changes: what was there before the account opened is news to nobody.</summary>
    internal void ForgetChanges() => _changes.Clear();

    // Under the lock, so that listeners see the changes of two calls in the order in which they happened.
    private void PublishChanges()
    {
        if (_changes.Count == 0)
            return;

        var changes = _changes.ToArray();
        _changes.Clear();
        Changed?.Invoke(changes);
    }
}
