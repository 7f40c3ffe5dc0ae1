using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Associations;

/// <summary>Makes and cuts links, with what follows: modification times move, and both ends report the change.</summary>
internal sealed class Linker(HubSpotAccount account)
{
    public void Link(
        CrmRecord from,
        CrmRecord to,
        IReadOnlyCollection<AssociationType> types,
        DateTimeOffset at,
        ChangeSource source
    )
    {
        if (account.Associations.Link(from, to, types))
            Report(from, to, removed: false, types.Any(type => type.IsPrimary), at, source);
        else
            account.Publish(new AccountTouched(at, source));
    }

    public void Unlink(CrmRecord from, CrmRecord to, DateTimeOffset at, ChangeSource source)
    {
        if (account.Associations.Unlink(from, to))
            Report(from, to, removed: true, primary: false, at, source);
    }

    private void Report(
        CrmRecord from,
        CrmRecord to,
        bool removed,
        bool primary,
        DateTimeOffset at,
        ChangeSource source
    )
    {
        NoteActivity(from, to, at);
        NoteActivity(to, from, at);
        account.Publish(new AssociationChanged(from, to, removed, primary, at, source));
        account.Publish(new AssociationChanged(to, from, removed, primary, at, source));
    }

    // A deal or contact changes in HubSpot's eyes when something is linked to it: its modification time moves.
    private static void NoteActivity(CrmRecord record, CrmRecord linked, DateTimeOffset at)
    {
        if (record.Type.IsActivity)
            return;

        if (linked.Type.IsActivity)
            record.Set("notes_last_updated", HubSpotTime.Format(at), at, ChangeSource.Calculated);
        if (at >= record.UpdatedAt)
            record.Touch(at, ChangeSource.Calculated);
    }
}
