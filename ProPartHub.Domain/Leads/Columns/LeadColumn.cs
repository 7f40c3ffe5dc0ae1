namespace ProPartHub.Domain.Leads.Columns;

/// <summary>
/// What a list of leads can say about each. Names are stored with people's choices and never change; new ones are added at
/// the end.
/// </summary>
public enum LeadColumn
{
    /// <summary>The client's name; always shown, always first.</summary>
    Client = 1,

    /// <summary>Short number.</summary>
    Number,

    /// <summary>Stage.</summary>
    Stage,

    /// <summary>Both ends of the budget.</summary>
    Budget,

    /// <summary>Country of purchase.</summary>
    Country,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>Last change.</summary>
    Updated,

    /// <summary>Tags.</summary>
    Tags,

    /// <summary>Phone.</summary>
    Phone,

    /// <summary>Second phone.</summary>
    SecondPhone,

    /// <summary>Mail address.</summary>
    Email,

    /// <summary>Telegram nickname.</summary>
    Telegram,

    /// <summary>Preferred messenger.</summary>
    Messenger,

    /// <summary>The client's company.</summary>
    Company,

    /// <summary>Where the client came from.</summary>
    Source,

    /// <summary>Language the client speaks.</summary>
    Language,

    /// <summary>Purpose of the purchase.</summary>
    PurchaseGoal,

    /// <summary>Off-plan, resale or commercial.</summary>
    PropertyType,

    /// <summary>Apartment, villa and so on.</summary>
    ObjectType,

    /// <summary>When it was registered.</summary>
    Created,

    /// <summary>Since when it stands in its stage.</summary>
    InStage,

    /// <summary>The next open follow-up.</summary>
    FollowUp,

    /// <summary>The last comment, call, mail or meeting.</summary>
    Activity,

    /// <summary>How it stands with HubSpot.</summary>
    Sync,

    /// <summary>The agent's team.</summary>
    Team,
}
