using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace ProPartHub.Tests.Infrastructure;

/// <summary>Fills in and posts the static forms of the portal as a browser does.</summary>
public static class StaticForms
{
    /// <summary>Reads a page.</summary>
    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Opens a page.</summary>
    public static async Task<IHtmlDocument> OpenAsync(this HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.PageAsync();
    }

    /// <summary>Opens a page and posts the form of the given name (its <c>@formname</c>, or a part of its action).</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient browser,
        string path,
        string form,
        params (string Name, string Value)[] values
    ) => await browser.SubmitAsync(await browser.OpenAsync(path), form, values);

    /// <summary>Posts the form of the given name on a page that is open.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient browser,
        IHtmlDocument page,
        string form,
        params (string Name, string Value)[] values
    )
    {
        var element = page.Forms.Single(candidate => IsNamed(candidate, form));
        var fields = element
            .QuerySelectorAll("input[type=hidden]")
            .OfType<IHtmlInputElement>()
            .Select(input => (Name: input.Name!, input.Value))
            .Concat(values)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        return await browser.PostAsync(
            element.GetAttribute("action"),
            new FormUrlEncodedContent(fields),
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>Logs in through the page.</summary>
    public static Task<HttpResponseMessage> LogInAsync(
        this HttpClient browser,
        string name,
        string password,
        string query = ""
    ) => browser.SubmitAsync($"/account/login{query}", "log-in", ("Form.Name", name), ("Form.Password", password));

    private static bool IsNamed(IHtmlFormElement form, string name) =>
        form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == name
        || form.GetAttribute("action")?.EndsWith(name, StringComparison.Ordinal) == true;
}
