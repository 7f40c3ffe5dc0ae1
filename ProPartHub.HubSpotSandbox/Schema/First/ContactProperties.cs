using static ProPartHub.HubSpotSandbox.Schema.First.Define;

namespace ProPartHub.HubSpotSandbox.Schema.First;

internal static class ContactProperties
{
    public static IReadOnlyList<PropertyDefinition> All { get; } =
    [
        Text("email", "Email").Standard() with
        {
            HasUniqueValue = true,
        },
        Text("hs_additional_emails", "Additional email addresses").Standard(),
        Text("firstname", "First Name").Standard(),
        Text("lastname", "Last Name").Standard(),
        Phone("phone", "Phone Number").Standard(),
        Phone("mobilephone", "Mobile Phone Number").Standard(),
        Text("company", "Company Name").Standard(),
        Text("jobtitle", "Job Title").Standard(),
        Text("address", "Street Address").Standard(),
        Text("city", "City").Standard(),
        Text("country", "Country/Region").Standard(),
        Text("website", "Website URL").Standard(),
        LongText("message", "Message").Standard(),
        Choice("lifecyclestage", "Lifecycle Stage", OptionLists.LifecycleStages).Standard(),
        Choice(
                "hs_lead_status",
                "Lead Status",
                [
                    ("NEW", "New"),
                    ("OPEN", "Open"),
                    ("IN_PROGRESS", "In Progress"),
                    ("OPEN_DEAL", "Open Deal"),
                    ("UNQUALIFIED", "Unqualified"),
                    ("ATTEMPTED_TO_CONTACT", "Attempted to Contact"),
                    ("CONNECTED", "Connected"),
                    ("BAD_TIMING", "Bad Timing"),
                ]
            )
            .Standard(),
        Text("hs_all_contact_vids", "All vids for a contact").Worked(),
        Text("hs_calculated_merged_vids", "Merged vids with timestamps").Worked(),
        Text("hs_email_domain", "Email Domain").Worked(),
        Bool("hs_is_contact", "Is a contact").Worked(),
        Bool("hs_is_unworked", "Contact unworked").Worked(),
        Text("hs_pipeline", "Pipeline").ReadOnly(),
        Text("hs_searchable_calculated_phone_number", "Calculated phone number without country code").Worked(),
        Text("hs_searchable_calculated_mobile_number", "Calculated mobile number without country code").Worked(),
        Number("num_unique_conversion_events", "Number of Unique Forms Submitted").Worked(),
        Moment("notes_last_contacted", "Last Contacted").Worked(),
        Moment("notes_last_updated", "Last Activity Date").Worked(),
        Date("hs_last_activity_date", "Last activity day").Worked(),
        // The agency's own. Several were cloned in HubSpot and live on side by side.
        Phone("hs_phone_number", "Телефон (HubSpot)"),
        Phone("phone_number", "Телефон"),
        Phone("phone_number_1", "Телефон 2"),
        Text("telegram", "Telegram"),
        Text("telegram__cloned_", "Telegram (cloned)"),
        Choice("messenger", "Мессенджер", OptionLists.Messengers),
        Choice("messenger__cloned_", "Мессенджер (cloned)", OptionLists.Messengers),
        Date("birthdate", "Дата рождения"),
        Date("birthdate__cloned_", "Дата рождения (cloned)"),
    ];
}
