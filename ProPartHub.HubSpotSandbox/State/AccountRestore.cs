using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Associations;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.State;

/// <summary>Makes an account of a kept state. What does not fit together in it is an <see cref="InvalidDataException"/>.</summary>
internal sealed class AccountRestore(AccountState state, HubSpotAccount account)
{
    public static HubSpotAccount From(AccountState state, SandboxOptions options)
    {
        if (state.Format != AccountState.CurrentFormat)
            throw new InvalidDataException($"It has format {state.Format}, not {AccountState.CurrentFormat}.");

        var account = new HubSpotAccount(options with { PortalId = state.PortalId });
        new AccountRestore(state, account).Fill();
        return account;
    }

    private void Fill()
    {
        account.ReplacePipelines(state.Pipelines);
        foreach (var (typeId, kept) in state.Types)
            Fill(TypeOf(typeId), kept);
        foreach (var link in state.Links)
            Tie(link);
        account.BlockedEmails.UnionWith(state.BlockedEmails);
    }

    private void Fill(ObjectType type, TypeState kept)
    {
        foreach (var property in kept.Properties)
            account.Schema.Replace(type, property);

        var records = account.Records(type);
        var unique = account.Schema.UniqueProperties(type).ToList();
        var last = 0L;
        foreach (var one in kept.Records)
        {
            // Lists and searches rely on the order.
            if (one.Id <= last || one.Id >= kept.NextId)
                throw new InvalidDataException($"The id {one.Id} of {type} is out of order.");

            last = one.Id;
            var record = RecordOf(type, one);
            records.Add(record);
            if (!record.Archived)
                records.Unique.Claim(record, unique);
        }

        records.ContinueAt(kept.NextId);
        foreach (var (oldId, survivorId) in kept.MergedInto)
            records.Redirect(oldId, survivorId);
    }

    private CrmRecord RecordOf(ObjectType type, RecordState kept) =>
        new(
            type,
            kept.Id,
            kept.CreatedAt,
            kept.UpdatedAt,
            kept.ArchivedAt,
            kept.Properties.Where(property => property.Value.Count > 0)
                .Select(property => KeyValuePair.Create(property.Key, NewestOf(property.Value)))
        );

    private PropertyVersion NewestOf(IReadOnlyList<VersionState> versions) =>
        versions
            .Reverse()
            .Aggregate(
                (PropertyVersion?)null,
                (previous, version) => new PropertyVersion(version.Value, version.At, SourceOf(version), previous)
            )!;

    private ChangeSource SourceOf(VersionState version) =>
        version.Source >= 0 && version.Source < state.Sources.Count
            ? state.Sources[version.Source]
            : throw new InvalidDataException($"There is no source {version.Source}.");

    private void Tie(LinkState link)
    {
        var (from, to) = (RecordOf(link.FromType, link.From), RecordOf(link.ToType, link.To));
        var kinds = AssociationType.Between(from.Type, to.Type).ToList();
        account.Associations.Link(
            from,
            to,
            [
                .. link.Types.Select(kept =>
                    kinds.Find(kind => kind.Category == kept.Category && kind.TypeId == kept.TypeId)
                    ?? throw new InvalidDataException($"There is no association type {kept.Category} {kept.TypeId}.")
                ),
            ]
        );
    }

    private CrmRecord RecordOf(string typeId, long id) =>
        account.Records(TypeOf(typeId)).Find(id)
        ?? throw new InvalidDataException($"A link names {typeId} {id}, which is not there.");

    private static ObjectType TypeOf(string typeId) =>
        ObjectType.TryParse(typeId, out var type)
            ? type
            : throw new InvalidDataException($"There is no object type {typeId}.");
}
