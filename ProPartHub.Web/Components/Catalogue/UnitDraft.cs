using System.Globalization;
using ProPartHub.Domain.Catalogue;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>A unit's row as it is typed; see <see cref="Unit"/>.</summary>
public sealed class UnitDraft
{
    /// <summary>Its key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Rooms.</summary>
    public UnitType Type { get; set; } = UnitType.OneRoom;

    /// <summary>The smallest, as it is typed.</summary>
    public string? SizeFrom { get; set; }

    /// <summary>The largest, as it is typed.</summary>
    public string? SizeTo { get; set; }

    /// <summary>Price, as it is typed.</summary>
    public string? Price { get; set; }

    /// <summary>False once it is sold out.</summary>
    public bool IsAvailable { get; set; } = true;

    /// <summary>The name of one of its inputs, whichever place the row has.</summary>
    public string NameOf(string field) => string.Create(CultureInfo.InvariantCulture, $"unit.{Id:N}.{field}");

    /// <summary>Adds its values by their inputs' names.</summary>
    public void Read(IDictionary<string, string?> values)
    {
        values[NameOf(nameof(Type))] = Type.ToString();
        values[NameOf(nameof(SizeFrom))] = SizeFrom;
        values[NameOf(nameof(SizeTo))] = SizeTo;
        values[NameOf(nameof(Price))] = Price;
        // As a box that is ticked, or is not.
        values[NameOf(nameof(IsAvailable))] = IsAvailable ? "true" : "";
    }

    /// <summary>Sets the values that are named.</summary>
    public void Write(IReadOnlyDictionary<string, string?> values)
    {
        Type = Enum.TryParse<UnitType>(values.GetValueOrDefault(NameOf(nameof(Type))), out var type) ? type : Type;
        SizeFrom = values.GetValueOrDefault(NameOf(nameof(SizeFrom)), SizeFrom);
        SizeTo = values.GetValueOrDefault(NameOf(nameof(SizeTo)), SizeTo);
        Price = values.GetValueOrDefault(NameOf(nameof(Price)), Price);
        if (values.TryGetValue(NameOf(nameof(IsAvailable)), out var isAvailable))
        {
            IsAvailable = isAvailable == "true";
        }
    }
}
