using System.Security.Cryptography;
using System.Text;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Prints of values, by which two are told apart without being kept.</summary>
internal static class LegacyPrint
{
    /// <summary>Characters of a print.</summary>
    public const int Length = 32;

    /// <summary>The print of one field of one row: equal values of two clients have different ones.</summary>
    public static string Of(Guid newId, string field, string? value) => Of($"{newId:N}\n{field}\n{value}");

    /// <summary>The print of a text.</summary>
    public static string Of(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
}
