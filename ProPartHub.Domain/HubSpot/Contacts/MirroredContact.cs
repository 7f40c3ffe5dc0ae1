namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>
/// A contact of the HubSpot account as it was last read, whether or not a lead stands on it. The sync alone writes it; what
/// leads know of their clients is kept elsewhere.
/// </summary>
public sealed class MirroredContact
{
    /// <summary>HubSpot's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id as a number: the order in which HubSpot made its contacts.</summary>
    public long Number { get; init; }

    /// <summary>First and last name; empty where it has neither.</summary>
    public string Name { get; set; } = "";

    /// <summary>Mail address, lower case.</summary>
    public string? Email { get; set; }

    /// <summary>Company.</summary>
    public string? Company { get; set; }

    /// <summary>HubSpot's owner id.</summary>
    public string? OwnerId { get; set; }

    /// <summary>Lifecycle stage, as HubSpot stores it.</summary>
    public string? Lifecycle { get; set; }

    /// <summary>Lead status, as HubSpot stores it.</summary>
    public string? LeadStatus { get; set; }

    /// <summary>When it was made in HubSpot (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last changed in HubSpot (UTC).</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was found in HubSpot's recycle bin (UTC); null while it is not there.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>When it was last read (UTC).</summary>
    public DateTimeOffset ReadAt { get; set; }

    /// <summary>Whether it has any number.</summary>
    public bool HasPhone { get; set; }

    /// <summary>Everything that search looks in, as <see cref="Leads.SearchText"/> writes it.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>Its numbers, one for each property that holds one.</summary>
    public List<MirroredPhone> Phones { get; } = [];
}

/// <summary>A number of a contact.</summary>
public sealed class MirroredPhone
{
    /// <summary>The contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>The property that holds it: one of <see cref="ContactProperties.Phones"/>.</summary>
    public required string Property { get; init; }

    /// <summary>The number as it is written in HubSpot.</summary>
    public required string Text { get; set; }

    /// <summary>The same as E.164; null where it cannot be read as a number.</summary>
    public string? E164 { get; set; }
}

/// <summary>A contact that is to be read again, since HubSpot told of a change.</summary>
public sealed class ContactReading
{
    /// <summary>HubSpot's id.</summary>
    public required string ContactId { get; init; }

    /// <summary>Rises with each further change, so that one told while it is read is not lost.</summary>
    public long Revision { get; init; }
}
