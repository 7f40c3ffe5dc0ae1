namespace ProPartHub.Tests.Reference;

/// <summary>Settings that no class holds: read by their name, or by the platform, and so described here.</summary>
internal static class OtherSettings
{
    private const string Folder = "folder";

    /// <summary>Settings that the portal's code reads by name.</summary>
    public static SettingGroup Named { get; } =
        new(
            "Settings outside of sections",
            "",
            [
                new(
                    "AllowedHosts",
                    "host names, separated by `;`",
                    "none",
                    "Host names the portal answers to, without scheme and port, such as `hub.example.com;localhost`; requests for any "
                        + "other get 400. `*` is refused. `check-health` asks for `localhost`."
                ),
                new(
                    "ConnectionStrings:Hub",
                    "connection string",
                    "none",
                    "The PostgreSQL database, as Npgsql writes it: `Host=…;Database=…;Username=…;Password=…`; with "
                        + "`SSL Mode=VerifyFull` where it is on another machine. In Development without it the portal starts a server "
                        + "of its own."
                ),
                new(
                    "ConnectionStrings:Legacy",
                    "connection string",
                    "none",
                    "The database of the former portal, for [`import-legacy`](moving-in.md) alone; in place of its `--from`."
                ),
                new(
                    "Verification:DocumentsFolder",
                    Folder,
                    "none",
                    "Where papers of agents lay before there was `Files:Folder`. What is still there moves into the store of files; once "
                        + "it is empty, the setting can go. In Development a folder of the user's data."
                ),
                new(
                    "HubSpot:UseSandbox",
                    "`true` or `false`",
                    "`true`",
                    "Development alone: whether the [sandbox](sandbox.md) starts beside the portal where there is no token."
                ),
                new(
                    "HubSpot:SandboxStateFile",
                    "file",
                    "none",
                    "Development alone: where the sandbox keeps its account between runs. With the private database it lies in that "
                        + "database's folder; otherwise a restart begins a new account."
                ),
            ]
        );

    /// <summary>Settings of the platform that an operator of the portal needs; everything else of it works as well.</summary>
    public static SettingGroup OfThePlatform { get; } =
        new(
            "Of the platform",
            "ASP.NET Core and Serilog read these; the ones a portal needs.",
            [
                new(
                    "ASPNETCORE_ENVIRONMENT",
                    "`Production` or `Development`",
                    "`Production`",
                    "Development brings demo people, a database and a sandbox of its own, plain-text log lines and detailed errors: "
                        + "never where others can reach it."
                ),
                new(
                    "ASPNETCORE_HTTP_PORTS",
                    "port",
                    "`5000` of loopback; in the image `8080`",
                    "Port on all addresses of the machine or container; nobody but the proxy should reach it."
                ),
                new(
                    "ASPNETCORE_URLS",
                    "address",
                    "none",
                    "Address and port together, such as `http://127.0.0.1:8080`; goes before `ASPNETCORE_HTTP_PORTS`."
                ),
                new(
                    "ASPNETCORE_TEMP",
                    Folder,
                    "the system's",
                    "Where files wait while they are handed in; needs room for a few of the largest, and is emptied by itself."
                ),
                new(
                    "Serilog:MinimumLevel:Default",
                    "`Verbose`, `Debug`, `Information`, `Warning`, `Error` or `Fatal`",
                    "`Information`",
                    "How much is logged. For one part of the program: `Serilog__MinimumLevel__Override__ProPartHub.Domain.HubSpot`."
                ),
            ]
        );

    /// <summary>Environment variables that are no settings.</summary>
    public static SettingGroup Variables { get; } =
        new(
            "Environment variables of commands",
            "",
            [
                new(
                    "RESTORE_INTO",
                    "connection string",
                    "none",
                    "The database that [`restore`](backup.md) restores into, in place of its `--into`, which others on the machine "
                        + "could read."
                ),
            ]
        );

    /// <summary>Environment variables of the machine, which nobody sets for the portal's sake.</summary>
    public static IReadOnlyList<string> OfTheMachine { get; } = ["PATH", "DOTNET_HOST_PATH", "NOTIFY_SOCKET"];
}
