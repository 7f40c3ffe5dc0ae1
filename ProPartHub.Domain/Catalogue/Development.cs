using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue;

/// <summary>Something the agency sells: a project or a house, with the units that can be bought in it. Prices are in USD.</summary>
public sealed class Development
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short number for people and addresses, shown as <c>P-1042</c>; given by the database.</summary>
    public long Number { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; set; }

    /// <summary>One of the countries in which leads want to buy.</summary>
    public required string Country { get; set; }

    /// <summary>City.</summary>
    public string? City { get; set; }

    /// <summary>District of the city.</summary>
    public string? District { get; set; }

    /// <summary>One of the leads' kinds of property; null where nobody has said.</summary>
    public string? Kind { get; set; }

    /// <summary>The leads' purposes that it suits; none where nobody has said.</summary>
    public List<string> Goals { get; set; } = [];

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>How it is paid, such as instalments.</summary>
    public string? PaymentTerms { get; set; }

    /// <summary>The stages in which it is paid, in order; none where nobody has said.</summary>
    public IReadOnlyList<PaymentStage> PaymentPlan { get; set; } = [];

    /// <summary>The lowest price, in USD.</summary>
    public decimal PriceFrom { get; set; }

    /// <summary>The highest price, in USD; null where only the lowest is known.</summary>
    public decimal? PriceTo { get; set; }

    /// <summary>Who added it; null for the hub itself.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>Who added it.</summary>
    public HubUser? Author { get; init; }

    /// <summary>When it was added (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of it or its units (UTC).</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was archived (UTC): lists and matches leave it out, its page stays, and it can be brought back.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Name and place as search compares them; see <see cref="Leads.SearchText"/>.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>What can be bought in it, in the order of <see cref="Unit.Place"/>.</summary>
    public List<Unit> Units { get; init; } = [];

    /// <summary>Its photos, in the order of <see cref="DevelopmentPhoto.Place"/>.</summary>
    public List<DevelopmentPhoto> Photos { get; init; } = [];

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}
