using System.Text.RegularExpressions;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Reference;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Shipping;

/// <summary>What the image is made of, as far as its recipe tells without building it.</summary>
public sealed partial class DockerfileTests
{
    private static readonly IReadOnlyList<string> Recipe = DeliveredFile.Lines("Dockerfile");

    private static readonly IReadOnlyList<string> Image =
    [
        .. Recipe.Skip(
            Recipe
                .Select((line, at) => (line, at))
                .Last(line => line.line.StartsWith("FROM ", StringComparison.Ordinal))
                .at
        ),
    ];

    [Fact]
    public void Image_IsTheSmallOne_WithItsUser_AndNoShellIsAskedFor()
    {
        Assert.Matches(@"^FROM mcr\.microsoft\.com/dotnet/aspnet:10\.0-\w+-chiseled-extra$", Image[0]);
        Assert.Contains("USER $APP_UID", Image);
        // Without a shell only lists of words can be run.
        Assert.All(
            Image.Where(line => Regex.IsMatch(line, "^(RUN|ENTRYPOINT|HEALTHCHECK) ")),
            line => Assert.Matches(@"(^\w+|CMD) \[""", line)
        );
    }

    [Fact]
    public void Health_IsAskedByThePortalsOwnCommand_WhereItListens()
    {
        var health = Assert.Single(Image, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
        var port = Regex.Match(string.Join('\n', Image), @"ASPNETCORE_HTTP_PORTS=(\d+)").Groups[1].Value;

        Assert.Contains($"\"{HealthCommand.Name}\", \"http://localhost:{port}\"", health, StringComparison.Ordinal);
        Assert.Contains($"EXPOSE {port}", Image);
    }

    [Fact]
    public void SettingsOfTheImage_AreKnown()
    {
        var names = Image
            .Where(line => line.StartsWith("ENV ", StringComparison.Ordinal))
            .SelectMany(line => Setting().Matches(line))
            .Select(setting => setting.Groups[1].Value)
            .ToList();

        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, name => !ConfigurationReference.Present.Value.Knows(name));
    }

    [Fact]
    public void WhatIsCopied_IsThere_AndNotKeptFromTheBuild()
    {
        var copied = Recipe
            .Where(line =>
                line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)
            )
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToList();
        var ignored = File.ReadAllLines(Path.Combine(Checkout.Folder, ".dockerignore"));

        Assert.NotEmpty(copied);
        Assert.All(copied, name => Assert.True(Path.Exists(Path.Combine(Checkout.Folder, name)), name));
        Assert.Empty(copied.Select(name => name.Split('/')[0]).Intersect(ignored));
    }

    [Fact]
    public void Client_IsNotOlderThanTheDatabase()
    {
        var client = Regex.Match(string.Join('\n', Recipe), @"ARG POSTGRES_CLIENT=(\d+)").Groups[1].Value;
        var database = Regex
            .Match(string.Join('\n', DeliveredFile.Lines("compose.yaml")), @"image: postgres:(\d+)")
            .Groups[1]
            .Value;

        Assert.True(int.Parse(client, null) >= int.Parse(database, null), $"{client} and {database}");
    }

    [GeneratedRegex(@"([A-Za-z]\w*)=")]
    private static partial Regex Setting();
}
