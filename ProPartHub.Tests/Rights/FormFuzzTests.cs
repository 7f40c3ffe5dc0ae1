using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Sends hostile texts through every form that works without a circuit, all fields at once and each field alone among valid
/// ones. A form in the sources that is not met makes the test fail.
/// </summary>
public sealed partial class FormFuzzTests(FuzzHub hub) : IClassFixture<FuzzHub>
{
    private const string NewPassword = "п’ять не пов’язаних слів";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryForm_FilledWithHostileTexts_IsAnswered()
    {
        var met = new HashSet<string>();
        var verdict = new FuzzVerdict();
        foreach (var (route, open) in new FuzzStations(hub).All())
        {
            var station = await open();
            foreach (var kind in station.Page.Forms.Select(KindOf).OfType<string>().Distinct().ToList())
            {
                // The states of a page share most of its forms.
                if (met.Add($"{route} {kind}"))
                {
                    station = await FuzzAsync(verdict, route, kind, station, open);
                }
            }

            station.Browser.Dispose();
        }

        verdict.Judge();
        Assert.Equal(await FormsOfTheSourcesAsync(), met.Order(StringComparer.Ordinal));
    }

    private async Task<OpenPage> FuzzAsync(
        FuzzVerdict verdict,
        string route,
        string kind,
        OpenPage station,
        Func<Task<OpenPage>> open
    )
    {
        station = await BeforeAsync(kind, station, open);
        foreach (var (field, text) in Fillings(Form(station.Page, kind)!))
        {
            station = await BeforeAsync(kind, station, open);
            var form = Form(station.Page, kind)!;
            using var answer = await station.Browser.PostAsync(
                form.GetAttribute("action"),
                Content(form, field, text),
                Token
            );
            await verdict.TakeAsync($"{route} {kind} {field ?? "all"}", text, answer);
            await UnlockAsync();
            if (answer.StatusCode is HttpStatusCode.Found)
            {
                // It was taken: the page, the password or the whole account is another now.
                station.Browser.Dispose();
                station = await open();
            }
        }

        return station;
    }

    // Where what was sent before was taken, the form is gone with it.
    private static async Task<OpenPage> BeforeAsync(string kind, OpenPage station, Func<Task<OpenPage>> open)
    {
        if (Form(station.Page, kind) is not null)
        {
            return station;
        }

        station.Browser.Dispose();
        return await open();
    }

    // Everything hostile at once, and each field alone with a third of the texts, so that a run stays short; where there are
    // no fields, just sent.
    private static List<(string? Field, string Text)> Fillings(IHtmlFormElement form)
    {
        var fields = FieldsOf(form).ToList();
        var alone = fields.SelectMany(
            (field, place) =>
                HostileInput
                    .Texts.Where((_, index) => fields.Count > 1 && (index + place) % 3 == 0)
                    .Select(text => ((string?)field, text))
        );
        return fields.Count == 0
            ? [(null, "")]
            : [.. HostileInput.Texts.Select(text => ((string?)null, text)), .. alone];
    }

    private static HttpContent Content(IHtmlFormElement form, string? hostile, string text)
    {
        var values = FieldsOf(form)
            .Select(field => (Name: field, Value: hostile is null || hostile == field ? text : Valid(form, field)))
            .Concat(
                new[] { "__RequestVerificationToken", "_handler" }.Select(name =>
                    (Name: name, Value: form.QuerySelector($"[name={name}]")!.GetAttribute("value")!)
                )
            );
        if (form.GetAttribute("enctype") != "multipart/form-data")
        {
            return new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        }

        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), name);
        }

        return content;
    }

    private static IEnumerable<string> FieldsOf(IHtmlFormElement form) =>
        form.QuerySelectorAll("input:not([type=file]),textarea,select,button[name]")
            .Select(field => field.GetAttribute("name"))
            .OfType<string>()
            .Where(name => name is not ("__RequestVerificationToken" or "_handler"))
            .Distinct();

    private static string Valid(IHtmlFormElement form, string field) =>
        field switch
        {
            "Form.Email" => $"{FuzzHub.NewName("mail")}@people.example.com",
            "Form.UserName" => FuzzHub.NewName("name"),
            "Form.Name" => FuzzHub.NewName("nobody"),
            "Form.ManagerId" => form.QuerySelectorAll("[name='Form.ManagerId'] option")[^1].GetAttribute("value")!,
            "Form.Present" or "Password.Present" => AccountHub.Password,
            "Form.Password" or "Form.Repeated" or "Password.Fresh" or "Password.Repeated" => NewPassword,
            "Form.Culture" or "Profile.Culture" => "en",
            "Form.Code" or "Factor.Code" => "123456",
            "Factor.Act" => "codes",
            "Form.Chosen" => "CommentAdded.Mail",
            "Form.IncludesTeam" => "true",
            "Form.ReminderMinutes" => "15",
            "Form.QuietFrom" => "22:00",
            "Form.QuietTo" => "07:00",
            "Form.TimeZone" => "Europe/Kyiv",
            "Form.Digest" => "Weekly",
            "Form.DigestHour" => "9",
            "Form.DigestDay" => "Friday",
            "Passkey.Credential" => """{"id":"AA","rawId":"AA","type":"public-key","response":{}}""",
            _ => "Olena",
        };

    // Wrong passwords and codes lock an account, and then nothing arrives behind the lock.
    private Task UnlockAsync() =>
        hub.Host.Database.InTransactionAsync(
            (db, token) =>
                db
                    .Users.Where(user => user.AccessFailedCount > 0 || user.LockoutEnd != null)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(user => user.AccessFailedCount, 0)
                                .SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null),
                        token
                    ),
            Token
        );

    private static IHtmlFormElement? Form(IHtmlDocument page, string kind) =>
        page.Forms.FirstOrDefault(form => KindOf(form) == kind);

    // Its name, without the id of the row it is about.
    private static string? KindOf(IHtmlFormElement form) =>
        form.QuerySelector("input[name=_handler]")?.GetAttribute("value") is { } handler
            ? Id().Replace(handler, "")
            : null;

    // What the pages' sources call their forms.
    private static async Task<IEnumerable<string>> FormsOfTheSourcesAsync()
    {
        var forms = new HashSet<string>();
        var pages = Path.Combine(Checkout.Folder, "ProPartHub.Web");
        var sources = new Dictionary<string, string>();
        foreach (var file in Directory.EnumerateFiles(pages, "*.razor", SearchOption.AllDirectories))
        {
            sources[file] = await File.ReadAllTextAsync(file, Token);
        }

        foreach (var (file, source) in sources)
        {
            // A part of a page has the page's address.
            foreach (Match form in FormName().Matches(source))
            {
                var page = Route().IsMatch(source)
                    ? source
                    : sources.Values.First(other =>
                        other.Contains($"<{Path.GetFileNameWithoutExtension(file)} ", StringComparison.Ordinal)
                    );
                forms.Add($"{Route().Match(page).Groups[1].Value} {form.Groups[1].Value}");
            }
        }

        return forms.Order(StringComparer.Ordinal);
    }

    [GeneratedRegex("(?<=^(?:passkey|session)-).+")]
    private static partial Regex Id();

    [GeneratedRegex("@formname=\"(?:@\\(\\$\")?([a-z-]+)")]
    private static partial Regex FormName();

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Route();
}
