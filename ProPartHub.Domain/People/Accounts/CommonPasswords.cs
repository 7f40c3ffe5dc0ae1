using System.Collections.Frozen;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Passwords that are guessed first: those of a shipped list of common and leaked ones, also with digits and signs around
/// them or letters replaced by look-alikes, walks over the keyboard, and repetitions (ASVS 5.0, 6.2.4 and 6.2.12; NIST SP
/// 800-63B). Nothing is asked of a service: no part of a password leaves the portal.
/// </summary>
public static class CommonPasswords
{
    private const int FewestDifferent = 5;

    private static readonly string[] Walks =
    [
        "0123456789012345678901234567890",
        "abcdefghijklmnopqrstuvwxyz",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "qwertyuiopasdfghjklzxcvbnm",
        "йцукенгшщзхїфівапролджєячсмитьбю",
        "йцукенгшщзхъфывапролджэячсмитьбю",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "1q2w3e4r5t6y7u8i9o0p",
    ];

    private static readonly Lazy<FrozenSet<string>> Known = new(Load);

    /// <summary>Whether a password is one of those, or hardly differs from one.</summary>
    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        return lower.Distinct().Count() < FewestDifferent
            || Known.Value.Contains(lower)
            || IsWalk(lower)
            || IsRepeated(lower)
            || IsDressed(lower);
    }

    private static bool IsWalk(string lower)
    {
        var back = new string([.. lower.Reverse()]);
        return Walks.Any(walk =>
            walk.Contains(lower, StringComparison.Ordinal) || walk.Contains(back, StringComparison.Ordinal)
        );
    }

    // "kyiv2024kyiv2024": whoever guesses the half guesses the whole.
    private static bool IsRepeated(string lower) =>
        Enumerable
            .Range(1, lower.Length / 2)
            .Any(length =>
                lower.Length % length == 0 && lower.AsSpan(length).SequenceEqual(lower.AsSpan(0, lower.Length - length))
            );

    // "P@ssword!2026" is "password" to every guesser.
    private static bool IsDressed(string lower)
    {
        var plain = lower.Trim([.. lower.Where(sign => !char.IsLetter(sign)).Distinct()]);
        return IsKnownWord(plain) || IsKnownWord(Plain(plain)) || IsKnownWord(Plain(lower).Trim([.. "0123456789"]));
    }

    private static bool IsKnownWord(string word) => word.Length > 0 && Known.Value.Contains(word);

    private static string Plain(string text) =>
        new([
            .. text.Select(sign =>
                sign switch
                {
                    '@' or '4' => 'a',
                    '3' or '€' => 'e',
                    '1' or '!' => 'i',
                    '0' => 'o',
                    '$' or '5' => 's',
                    '7' => 't',
                    _ => sign,
                }
            ),
        ]);

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        var words = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return words.Concat(["propart", "proparthub", "hubspot", "пароль", "нерухомість"]).ToFrozenSet();
    }
}
