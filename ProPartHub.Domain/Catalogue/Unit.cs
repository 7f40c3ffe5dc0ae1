namespace ProPartHub.Domain.Catalogue;

/// <summary>How many rooms a unit has. Numbers are stored.</summary>
public enum UnitType
{
    /// <summary>One space without a bedroom of its own.</summary>
    Studio = 0,

    /// <summary>One room.</summary>
    OneRoom = 1,

    /// <summary>Two rooms.</summary>
    TwoRooms = 2,

    /// <summary>Three rooms.</summary>
    ThreeRooms = 3,

    /// <summary>Four rooms.</summary>
    FourRooms = 4,

    /// <summary>Five rooms.</summary>
    FiveRooms = 5,

    /// <summary>Six rooms.</summary>
    SixRooms = 6,
}

/// <summary>A kind of flat or house in a development, with its size and price.</summary>
public sealed class Unit
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where it is.</summary>
    public Guid DevelopmentId { get; init; }

    /// <summary>Rooms.</summary>
    public UnitType Type { get; set; }

    /// <summary>The smallest, in square metres.</summary>
    public decimal SizeFrom { get; set; }

    /// <summary>The largest, in square metres; null where all are alike.</summary>
    public decimal? SizeTo { get; set; }

    /// <summary>Price in USD.</summary>
    public decimal Price { get; set; }

    /// <summary>False once it is sold out.</summary>
    public bool IsAvailable { get; set; }

    /// <summary>Place in the list, from 0.</summary>
    public int Place { get; set; }
}
