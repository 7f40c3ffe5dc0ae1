using System.Buffers.Text;
using System.Text;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>A place in a list as opaque text for a URL.</summary>
internal static class CursorText
{
    private const int LongestText = 1500;

    /// <summary>The text of what the place consists of.</summary>
    public static string Of(string plain) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain));

    /// <summary>What the text was made of; null for what cannot have been made so.</summary>
    public static string? Read(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return null;
        }

        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return plain.Contains('\0') ? null : plain;
    }
}
