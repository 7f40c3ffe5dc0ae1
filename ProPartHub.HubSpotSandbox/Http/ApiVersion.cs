namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>
/// One version of HubSpot's API: where its paths start, and the few places where its answers differ.
/// Undated paths are v3, except that their associations are v4.
/// </summary>
internal sealed record ApiVersion
{
    private const string PrivateAppsUsage = "/api-usage/daily/private-apps";

    public required string Objects { get; init; }
    public required string RecordAssociations { get; init; }
    public required string BatchAssociations { get; init; }
    public required string Properties { get; init; }
    public required string Pipelines { get; init; }
    public required string Owners { get; init; }
    public required string AccountInfo { get; init; }

    /// <summary>Paths of the daily usage below <see cref="AccountInfo"/>.</summary>
    public IReadOnlyList<string> DailyUsage { get; init; } = [PrivateAppsUsage];

    /// <summary>Status of a batch of which a part failed, given the status of a full success.</summary>
    public Func<int, int> PartialSuccess { get; init; } = _ => StatusCodes.Status207MultiStatus;

    public int AssociationBatchArchiveStatus { get; init; } = StatusCodes.Status204NoContent;

    /// <summary>Whether the associations of one record can be read with a GET.</summary>
    public bool ReadsRecordAssociations { get; init; } = true;

    /// <summary>Whether association answers give record ids as JSON numbers instead of text.</summary>
    public bool NumericAssociationIds { get; init; }

    public static ApiVersion Undated { get; } =
        new()
        {
            Objects = "/crm/v3/objects",
            RecordAssociations = "/crm/v4/objects",
            BatchAssociations = "/crm/v4/associations",
            Properties = "/crm/v3/properties",
            Pipelines = "/crm/v3/pipelines",
            Owners = "/crm/v3/owners",
            AccountInfo = "/account-info/v3",
            DailyUsage = ["/api-usage/daily", PrivateAppsUsage],
            NumericAssociationIds = true,
        };

    public static ApiVersion March2026 { get; } = Dated("2026-03");

    public static ApiVersion September2026 { get; } =
        Dated("2026-09") with
        {
            PartialSuccess = fullSuccess => fullSuccess,
            AssociationBatchArchiveStatus = StatusCodes.Status200OK,
            ReadsRecordAssociations = false,
        };

    public static IReadOnlyList<ApiVersion> All { get; } = [Undated, March2026, September2026];

    private static ApiVersion Dated(string date) =>
        new()
        {
            Objects = $"/crm/objects/{date}",
            RecordAssociations = $"/crm/objects/{date}",
            BatchAssociations = $"/crm/associations/{date}",
            Properties = $"/crm/properties/{date}",
            Pipelines = $"/crm/pipelines/{date}",
            Owners = $"/crm/owners/{date}",
            AccountInfo = $"/account-info/{date}",
        };
}
