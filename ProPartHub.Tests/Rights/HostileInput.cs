namespace ProPartHub.Tests.Rights;

/// <summary>What a person with bad intentions, or a broken program, types and sends.</summary>
internal static class HostileInput
{
    public static IReadOnlyList<string> Texts { get; } =
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\uD800",
        "\u202Egnp.exe",
        "\r\nSet-Cookie: stolen=1",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE leads; --",
        "{{7*7}}${7*7}@(7*7)",
        "%00%0a%2e%2e%2f",
        "../../../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "-1",
        "99999999999999999999999999",
        "1e308",
        "0001-01-01",
        "9999-12-31T23:59:59.9999999Z",
        "{\"a\":[[[[[[]]]]]]}",
        "Ї́́́́́́́́́́",
        new string('я', 10_000),
        new string('(', 5_000),
    ];
}
