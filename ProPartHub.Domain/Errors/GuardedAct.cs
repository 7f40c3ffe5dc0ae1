namespace ProPartHub.Domain.Errors;

/// <summary>
/// An act that not everybody may do, as a refusal names it. The audit stores its name and has words for each.
/// </summary>
public enum GuardedAct
{
    /// <summary>Opening a page.</summary>
    OpenPage = 1,

    /// <summary>Reaching somebody else's lead, or what belongs to it.</summary>
    ReachLead,

    /// <summary>Changing a lead whose client was erased.</summary>
    ChangeErasedLead,

    /// <summary>Handing a lead to another agent.</summary>
    HandOverLead,

    /// <summary>Giving a lead to a person outside the own team, or to one whose account is closed.</summary>
    GiveLead,

    /// <summary>Handing over all leads of a person.</summary>
    HandOverAllLeads,

    /// <summary>Changing somebody else's comment.</summary>
    ChangeComment,

    /// <summary>Reading or erasing a client's data as a whole.</summary>
    HandleClientData,

    /// <summary>Listing people.</summary>
    ListPeople,

    /// <summary>Reaching a person of another team.</summary>
    ReachPerson,

    /// <summary>Reading and changing people's accounts.</summary>
    ChangePeople,

    /// <summary>Seeing or ending sessions of others.</summary>
    HandleSessions,

    /// <summary>Looking through an admin's eyes.</summary>
    LookAsAdmin,

    /// <summary>Changing anything while looking through somebody's eyes.</summary>
    ChangeWhileLooking,

    /// <summary>Registering where that is switched off.</summary>
    Register,

    /// <summary>Asking to be verified, for others than agents.</summary>
    AskForVerification,

    /// <summary>Deciding about the verification of an agent.</summary>
    DecideVerification,

    /// <summary>Opening an agent's document.</summary>
    OpenDocument,

    /// <summary>Steering the exchange with HubSpot.</summary>
    SteerExchange,

    /// <summary>Reading the audit.</summary>
    ReadAudit,

    /// <summary>Reading what became of mails.</summary>
    ReadMails,

    /// <summary>Correcting somebody's points.</summary>
    CorrectPoints,

    /// <summary>Reading and changing the rules of points.</summary>
    SetPointRules,

    /// <summary>Sharing a saved view with more people than one's role may.</summary>
    ShareView,

    /// <summary>Reaching or changing somebody else's saved view.</summary>
    ReachView,

    /// <summary>Asking for a client whom somebody else's lead holds, for others than agents.</summary>
    AskForClient,

    /// <summary>Deciding who has a client.</summary>
    DecideClaim,

    /// <summary>Setting how long clients are protected.</summary>
    SetProtection,

    /// <summary>Reading and changing the rules of assignment.</summary>
    SetAssignment,

    /// <summary>Setting when somebody is away or how many leads somebody takes.</summary>
    SetAvailability,

    /// <summary>Reading and changing service levels.</summary>
    SetServiceLevels,

    /// <summary>Reading and changing the agency's working hours.</summary>
    SetWorkingTime,

    /// <summary>Sharing a message template with more people than one's role may.</summary>
    ShareTemplate,

    /// <summary>Reaching or changing somebody else's message template.</summary>
    ReachTemplate,

    /// <summary>Reading reports.</summary>
    ReadReports,

    /// <summary>Making, changing and retiring tags.</summary>
    SetTags,

    /// <summary>Reaching somebody else's act upon many leads.</summary>
    ReachBulkAct,

    /// <summary>Changing a lead that was merged into another.</summary>
    ChangeMergedLead,

    /// <summary>Adding, changing and archiving properties of the catalogue.</summary>
    SetCatalogue,

    /// <summary>Reading, adding or changing documents of a lead, person or property.</summary>
    HandleDocument,

    /// <summary>Looking through the contacts of the HubSpot account.</summary>
    ReadContacts,

    /// <summary>Importing leads from a file.</summary>
    ImportLeads,

    /// <summary>Reaching somebody else's import.</summary>
    ReachImport,

    /// <summary>Writing and publishing articles of the knowledge base, keeping its sections, and seeing who has read them.</summary>
    SetKnowledge,

    /// <summary>Seeing, making and verifying backups.</summary>
    HandleBackups,

    /// <summary>Making a link to a property for a client without being verified.</summary>
    ShareProperty,

    /// <summary>Reaching somebody else's link to a property.</summary>
    ReachSharedLink,

    /// <summary>Seeing how the portal runs.</summary>
    SeeOperations,
}
