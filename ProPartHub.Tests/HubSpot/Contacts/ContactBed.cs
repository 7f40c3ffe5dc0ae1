using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Tests.HubSpot.Contacts;

/// <summary>Rows of the mirror without HubSpot.</summary>
internal static class ContactBed
{
    /// <summary>An account, an owner and contacts numbered from 1: every tenth without a number, every seventh without a
    /// mail, every fiftieth deleted, made an hour apart from the newest on.</summary>
    public static Task<int> FillAsync(HubDbContext db, int contacts, DateTimeOffset now) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO hubspot_account (id, portal_id, is_sandbox, time_zone, bound_at, fence, switched_off)
            VALUES (1, 4242, false, 'Europe/Kyiv', {now}, 1, 0) ON CONFLICT DO NOTHING;
            INSERT INTO hubspot_owners (id, name, is_archived) VALUES ('900', 'Ірина Власник', false) ON CONFLICT DO NOTHING;
            INSERT INTO sync_cursors (object_type, imported, total, import_started_at, imported_at, polled_up_to)
            VALUES ('mirror/contacts', {contacts}, {contacts}, {now}, {now}, {now}) ON CONFLICT DO NOTHING;
            INSERT INTO hubspot_contacts (id, number, name, email, company, owner_id, created_at, updated_at, archived_at,
                read_at, has_phone, search_text)
            SELECT n::text, n, CASE WHEN n % 13 = 0 THEN '' ELSE 'Контакт ' || n END,
                CASE WHEN n % 7 <> 0 THEN 'c' || n || '@example.com' END, 'Хвиля', CASE WHEN n % 11 = 0 THEN '900' END,
                {now} - n * interval '1 hour', {now} - (n * 7919 % 10007) * interval '1 minute',
                CASE WHEN n % 50 = 0 THEN {now} END, {now}, n % 10 <> 0,
                'kontakt ' || n || ' c' || n || '@example.com 38050' || (1000000 + n)
            FROM generate_series(1, {contacts}) AS n;
            INSERT INTO hubspot_contact_phones (contact_id, property, text, e164)
            SELECT id, 'phone', '+38050' || (1000000 + number), '+38050' || (1000000 + number) FROM hubspot_contacts
            WHERE has_phone;
            INSERT INTO hubspot_contact_phones (contact_id, property, text) SELECT id, 'phone_number_1', '=1+1'
            FROM hubspot_contacts WHERE number = 1;
            """
        );
}
