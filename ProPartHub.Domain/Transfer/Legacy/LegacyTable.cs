namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>A table of the former portal and the columns that are read of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">What is read besides <c>id</c>; what an older schema lacks counts as empty.</param>
/// <param name="IsRequired">Whether there is no former portal without it.</param>
internal sealed record LegacyTable(string Name, string[] Columns, bool IsRequired = false)
{
    public static LegacyTable Users { get; } =
        new(
            "user",
            [
                "username",
                "email",
                "password_hash",
                "role",
                "created_at",
                "admin_id",
                "commission",
                "points",
                "level",
                "is_verified",
                "verification_requested",
                "verification_request_date",
                "is_active",
                "last_login",
                "locked_until",
            ],
            IsRequired: true
        );

    public static LegacyTable Leads { get; } =
        new(
            "lead",
            [
                "agent_id",
                "deal_name",
                "email",
                "phone",
                "second_phone",
                "company",
                "telegram_nickname",
                "messenger",
                "birth_date",
                "budget",
                "status",
                "hubspot_stage_label",
                "is_transferred",
                "notes",
                "country",
                "purchase_goal",
                "property_type",
                "object_type",
                "communication_language",
                "source",
                "refusal_reason",
                "hubspot_contact_id",
                "hubspot_deal_id",
                "created_at",
                "updated_at",
                "last_sync_at",
            ],
            IsRequired: true
        );

    public static LegacyTable Comments { get; } =
        new("comment", ["lead_id", "user_id", "parent_id", "content", "hubspot_note_id", "created_at", "updated_at"]);

    public static LegacyTable Activities { get; } =
        new("activity", ["lead_id", "activity_type", "hubspot_activity_id"]);

    public static LegacyTable Properties { get; } =
        new(
            "property",
            [
                "name",
                "location_country",
                "location_city",
                "location_district",
                "price_from",
                "price_to",
                "description",
                "payment_type",
                "created_by",
                "created_at",
                "updated_at",
            ]
        );

    public static LegacyTable Units { get; } =
        new("property_unit", ["property_id", "unit_type", "size_from", "size_to", "price_per_unit", "created_at"]);

    public static LegacyTable PropertyPhotos { get; } = File("property_photo", "property_id", "is_main");

    public static LegacyTable UnitPhotos { get; } = File("unit_photo", "unit_id");

    public static LegacyTable PropertyDocuments { get; } = File("property_document", "property_id", "description");

    public static LegacyTable UserDocuments { get; } = File("user_document", "user_id", "description", "uploaded_by");

    private static LegacyTable File(string name, params string[] own) =>
        new(name, [.. own, "filename", "file_path", "file_size", "file_type", "uploaded_at"]);
}
