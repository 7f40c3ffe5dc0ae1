using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>All that the first exchange would do, counted.</summary>
/// <param name="Linked">Deals that would be tied to a contact that is there.</param>
/// <param name="Contacts">Contacts that would be made.</param>
/// <param name="Deals">Deals that would be made.</param>
/// <param name="Recognised">Deals of earlier tries that would be recognised.</param>
/// <param name="FilledThere">Blank fields of contacts that would be filled with our values.</param>
/// <param name="FilledHere">Blank fields of leads that would be filled with HubSpot's values.</param>
/// <param name="Overwritten">Fields of leads in which HubSpot's value would replace ours.</param>
/// <param name="Differing">Leads that have such a field.</param>
/// <param name="Edits">Leads known to HubSpot whose edits would be written.</param>
/// <param name="Comments">Comments that would be written as notes.</param>
/// <param name="FollowUps">Follow-ups that would become tasks, or change them.</param>
/// <param name="SetAside">Leads that would be set aside.</param>
/// <param name="Left">Leads that have yet to be looked at.</param>
/// <param name="IsHeld">True when leads are not looked at because contacts or deals are off: they would wait.</param>
/// <param name="IsImporting">True when leads are not looked at because HubSpot's deals are still being taken in.</param>
public sealed record PreviewSummary(
    int Linked,
    int Contacts,
    int Deals,
    int Recognised,
    int FilledThere,
    int FilledHere,
    int Overwritten,
    int Differing,
    int Edits,
    int Comments,
    int FollowUps,
    int SetAside,
    int Left,
    bool IsHeld,
    bool IsImporting
);

/// <summary>What would become of a lead that HubSpot does not have, as people read it.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Reason">One of <see cref="ParkedReason"/>, where it would be set aside.</param>
/// <param name="ContactId">HubSpot's contact.</param>
/// <param name="ContactName">What the contact is called; null for one without name, mail and phone.</param>
/// <param name="FoundBy">How it was found.</param>
/// <param name="OtherContacts">How many other contacts fitted as well.</param>
/// <param name="Fields">Fields that would change, those overwritten first.</param>
public sealed record LeadForecast(
    PreviewOutcome Outcome,
    string? Reason,
    string? ContactId,
    string? ContactName,
    ContactFoundBy? FoundBy,
    int OtherContacts,
    IReadOnlyList<ForecastField> Fields
);

/// <summary>A field that would change, with both values as people read them.</summary>
/// <param name="Field">Name of the <see cref="LeadField"/>.</param>
/// <param name="Fate">What would become of it.</param>
/// <param name="Ours">The portal's value.</param>
/// <param name="Theirs">HubSpot's value.</param>
public sealed record ForecastField(string Field, PreviewFate Fate, FieldValue Ours, FieldValue Theirs);

/// <summary>Something that waits, with what would become of it.</summary>
/// <param name="Waiting">What waits.</param>
/// <param name="Forecast">For a lead that HubSpot does not have: what would be done; null while that is worked out.</param>
public sealed record PreviewItem(WaitingItem Waiting, LeadForecast? Forecast);
