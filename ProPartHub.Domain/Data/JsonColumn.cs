using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Data;

/// <summary>
/// Values that stand in one jsonb column. Such a value is replaced as a whole, never changed inside: it counts as changed
/// when it is another object.
/// </summary>
internal static class JsonColumn
{
    /// <summary>How values with kinds in them are written: kinds by name, so that their numbers may change.</summary>
    public static JsonSerializerOptions Named { get; } =
        new(JsonSerializerOptions.Web)
        {
            Converters = { new JsonStringEnumConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };

    // Lambdas that close over nothing and read public properties: the compiled model writes them out as code.

    /// <summary>Kinds stand in it as numbers.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
        where T : class? =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!,
                new ValueComparer<T>((left, right) => ReferenceEquals(left, right), value => value!.GetHashCode())
            );

    /// <summary>Kinds stand in it by <see cref="Named"/>.</summary>
    public static PropertyBuilder<T> IsNamedJson<T>(this PropertyBuilder<T> property)
        where T : class? =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                value => JsonSerializer.Serialize(value, Named),
                json => JsonSerializer.Deserialize<T>(json, Named)!,
                new ValueComparer<T>((left, right) => ReferenceEquals(left, right), value => value!.GetHashCode())
            );
}
