namespace ProPartHub.HubSpotSandbox.Seed;

internal static class RandomChoice
{
    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>True once in so many times on average.</summary>
    public static bool OnceIn(this Random random, int times) => random.Next(times) == 0;
}
