namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>check-health</c>: asks the portal on this machine whether it is ready, for container health checks, where no curl
/// is installed.
/// </summary>
internal static class HealthCommand
{
    public const string Name = "check-health";

    private const string DefaultAddress = "http://localhost:8080";

    /// <param name="arguments">Address of the portal; the container's own port when left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Zero when ready.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var address = arguments is [var given, ..] ? given : DefaultAddress;
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address), "/health/ready"), cancellationToken);
            Console.Out.WriteLine(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"No answer from {address}: {exception.Message}");
            return 1;
        }
    }
}
