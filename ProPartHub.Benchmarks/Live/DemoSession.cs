using System.Net;
using System.Text.RegularExpressions;

namespace ProPartHub.Benchmarks.Live;

/// <summary>Signs in as a demo person by the form on the log-in page of Development.</summary>
internal static partial class DemoSession
{
    private const string LogIn = "/account/login";

    /// <summary>The people offered, by their ids; the portal makes them just after it begins to listen.</summary>
    public static async Task<IReadOnlyList<string>> PeopleAsync(Uri server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var html = await http.GetStringAsync(new Uri(server, LogIn), cancellationToken);
            string[] people = [.. Person().Matches(html).Select(match => match.Groups[1].Value).Distinct()];
            if (people.Length > 0)
            {
                return people;
            }

            await Task.Delay(200, cancellationToken);
        }

        throw new InvalidOperationException("The portal's log-in page offers no demo people.");
    }

    /// <summary>Cookies of each of them, signed in.</summary>
    public static async Task<IReadOnlyList<CookieContainer>> EnterAllAsync(
        Uri server,
        CancellationToken cancellationToken
    )
    {
        var people = new List<CookieContainer>();
        foreach (var person in await PeopleAsync(server, cancellationToken))
        {
            people.Add(await EnterAsync(server, person, cancellationToken));
        }

        return people;
    }

    /// <summary>Cookies of one who is signed in.</summary>
    /// <exception cref="InvalidOperationException">The portal did not let the person in.</exception>
    public static async Task<CookieContainer> EnterAsync(Uri server, string person, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        var html = await http.GetStringAsync(new Uri(server, LogIn), cancellationToken);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["person"] = person,
                ["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value,
            }
        );
        using var answer = await http.PostAsync(new Uri(server, "/account/demo"), form, cancellationToken);
        return answer.StatusCode is HttpStatusCode.Redirect
            ? cookies
            : throw new InvalidOperationException($"Signing in was answered with {answer.StatusCode}.");
    }

    [GeneratedRegex("name=\"person\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex Person();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
