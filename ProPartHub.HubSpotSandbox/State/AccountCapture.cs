using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.State;

/// <summary>Copies an account into a state to be written. Take it under the account's lock.</summary>
internal sealed class AccountCapture(HubSpotAccount account)
{
    private readonly Dictionary<ChangeSource, int> _sources = [];

    public static AccountState Of(HubSpotAccount account) => account.Locked(() => new AccountCapture(account).Take());

    private AccountState Take()
    {
        var first = FirstAccount.Schema();
        var types = ObjectType.All.ToDictionary(type => type.TypeId, type => TypeOf(type, first));
        return new AccountState
        {
            Format = AccountState.CurrentFormat,
            PortalId = account.Options.PortalId,
            Types = types,
            // After the records, which name them.
            Sources = [.. _sources.OrderBy(source => source.Value).Select(source => source.Key)],
            Links = [.. account.Associations.All().Select(link => LinkOf(link.From, link.To, link.Types))],
            Pipelines = account.Pipelines.All,
            BlockedEmails = [.. account.BlockedEmails],
        };
    }

    private TypeState TypeOf(ObjectType type, AccountSchema first)
    {
        var records = account.Records(type);
        return new TypeState(
            records.NextId,
            [.. records.All.Select(RecordOf)],
            records.MergedInto.ToDictionary(),
            [.. account.Schema.Of(type).Where(property => first.Find(type, property.Name) is null)]
        );
    }

    private RecordState RecordOf(CrmRecord record) =>
        new(
            record.Id,
            record.CreatedAt,
            record.UpdatedAt,
            record.ArchivedAt,
            record.PropertyNames.ToDictionary(
                name => name,
                IReadOnlyList<VersionState> (name) => [.. record.History(name).Select(VersionOf)]
            )
        );

    private VersionState VersionOf(PropertyVersion version)
    {
        if (!_sources.TryGetValue(version.Source, out var source))
            _sources[version.Source] = source = _sources.Count;
        return new VersionState(version.Value, version.At, source);
    }

    private static LinkState LinkOf(CrmRecord from, CrmRecord to, IEnumerable<Associations.AssociationType> types) =>
        new(
            from.Type.TypeId,
            from.Id,
            to.Type.TypeId,
            to.Id,
            [.. types.Select(type => new LinkTypeState(type.Category, type.TypeId))]
        );
}
