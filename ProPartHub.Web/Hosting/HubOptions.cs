namespace ProPartHub.Web.Hosting;

/// <summary>Settings of the web process, bound to the configuration section <c>Hub</c>.</summary>
public sealed record HubOptions
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "Hub";

    /// <summary><see cref="DrainSeconds"/> unless it is set.</summary>
    public const int DefaultDrain = 20;

    /// <summary>The same in Development, where nobody likes to wait.</summary>
    public const int DevelopmentDrain = 2;

    /// <summary>The most that <see cref="DrainSeconds"/> may be.</summary>
    public const int LongestDrain = 600;

    /// <summary>The most that <see cref="WorkDelaySeconds"/> may be.</summary>
    public const int LongestWorkDelay = 60;

    /// <summary>
    /// The address people open, such as <c>https://hub.example.com</c>, without a path. Links in mails begin with it, passkeys
    /// are bound to its host, and requests from pages of other addresses are refused.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// Folder of the log files, JSON lines: ten files of 10 MB, the oldest removed. Absolute, or relative to the folder the
    /// portal is started in. Empty: the log goes to the console alone.
    /// </summary>
    public string LogFolder { get; init; } = "logs";

    /// <summary>
    /// Prints the one-time link of the first admin while there is none. Off where somebody else collects the console's
    /// output: then <c>create-admin</c> makes the first one.
    /// </summary>
    public bool PrintSetupLink { get; init; } = true;

    /// <summary>
    /// The agency's time zone (IANA id): in it people read times, nightly work and backups happen, and days begin. The database
    /// keeps UTC.
    /// </summary>
    public string TimeZone { get; init; } = "Europe/Kyiv";

    /// <summary>
    /// Whom to write to about a weakness, as <c>mailto:</c> or <c>https:</c> address; shown in /.well-known/security.txt
    /// (RFC 9116), which is absent without one.
    /// </summary>
    public Uri? SecurityContact { get; init; }

    /// <summary>Open windows of one person on one instance; more are refused, so that nobody uses the server's memory up.</summary>
    public int CircuitsPerPerson { get; init; } = 30;

    /// <summary>
    /// Windows without a connection that are kept for five minutes, so that a browser whose network was away comes back to what
    /// it had; beyond, the oldest go and are loaded anew. Each keeps the memory that it had while connected.
    /// </summary>
    public int CircuitsKept { get; init; } = 1000;

    /// <summary>
    /// Seconds in which open pages go over to another instance after this one was asked to stop; <c>0</c> stops at once, which
    /// suits an installation of one instance. Left out: <see cref="DefaultDrain"/>, in Development
    /// <see cref="DevelopmentDrain"/>.
    /// </summary>
    public int? DrainSeconds { get; init; }

    /// <summary>
    /// Seconds after the start before background work that no page waits for begins, so that the first pages need not share the processor with all first
    /// queries at once.
    /// </summary>
    public int WorkDelaySeconds { get; init; } = 2;

    /// <summary>
    /// Reverse proxies whose <c>X-Forwarded-*</c> headers are believed, each an address or a network in CIDR form.
    /// Loopback is always believed.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];
}
