using System.Globalization;

namespace ProPartHub.HubSpotSandbox.Seed;

/// <summary>A made-up client, the same for the same number and random source.</summary>
internal sealed record Person(
    string FirstName,
    string LastName,
    string Email,
    string Phone,
    string Telegram,
    bool Ukrainian
)
{
    /// <param name="number">Makes the address, and as far as numbers reach the phone, unlike any other.</param>
    public static Person Make(Random random, int number)
    {
        var ukrainian = random.Next(3) > 0;
        var first = random.Pick(ukrainian ? Names.UkrainianFirst : Names.EnglishFirst);
        var last = random.Pick(ukrainian ? Names.UkrainianLast : Names.EnglishLast);
        return new Person(
            first.Name,
            last.Name,
            string.Create(CultureInfo.InvariantCulture, $"{first.Latin}.{last.Latin}{number}@example.com"),
            FictionalPhone(number),
            string.Create(CultureInfo.InvariantCulture, $"@{first.Latin}_{last.Latin}{number}"),
            ukrainian
        );
    }

    // Numbers set aside for fiction: the regulator's 07700 900xxx in Britain, then 555-01xx of North American areas.
    private static string FictionalPhone(int number)
    {
        const int british = 1_000;
        if (number < british)
            return string.Create(CultureInfo.InvariantCulture, $"+44 7700 900{number:000}");

        int[] areas =
        [
            201,
            202,
            206,
            212,
            213,
            214,
            305,
            312,
            313,
            314,
            404,
            408,
            415,
            503,
            512,
            602,
            612,
            617,
            702,
            713,
        ];
        var (area, line) = Math.DivRem(number - british, 100);
        return string.Create(CultureInfo.InvariantCulture, $"+1 {areas[area % areas.Length]} 555 01{line:00}");
    }
}
