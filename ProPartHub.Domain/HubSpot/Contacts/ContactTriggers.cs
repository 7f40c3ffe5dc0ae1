namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>
/// What the migration of the mirror makes besides tables and indexes: triggers that tell open pages of contacts that changed,
/// and of how far they are read. A contact that was only read again is nothing to tell of.
/// </summary>
internal static class ContactTriggers
{
    /// <summary>Makes them.</summary>
    public const string Create = """
        CREATE TRIGGER note_agency_change AFTER INSERT OR DELETE OR UPDATE OF
            name, email, company, owner_id, lifecycle, lead_status, created_at, updated_at, archived_at ON hubspot_contacts
        FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Contacts');
        CREATE TRIGGER note_agency_change AFTER INSERT OR UPDATE OR DELETE ON hubspot_contact_phones
        FOR EACH STATEMENT EXECUTE FUNCTION note_agency_change('Contacts');
        CREATE TRIGGER note_contacts_read AFTER INSERT OR UPDATE ON sync_cursors
        FOR EACH ROW WHEN (NEW.object_type = 'mirror/contacts') EXECUTE FUNCTION note_agency_change('Contacts');
        """;

    /// <summary>Takes away the one that does not go with its table.</summary>
    public const string Drop = "DROP TRIGGER note_contacts_read ON sync_cursors;";
}
