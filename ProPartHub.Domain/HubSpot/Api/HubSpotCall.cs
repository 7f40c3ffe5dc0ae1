namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>One call to make, as often as it takes.</summary>
/// <param name="Operation">What it does, in words for logs and exceptions; holds no values.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query below the base address; holds ids and names, never personal data.</param>
/// <param name="Priority">Who waits for it.</param>
internal sealed record HubSpotCall(string Operation, HttpMethod Method, string Path, HubSpotPriority Priority)
{
    /// <summary>UTF-8 JSON, or none.</summary>
    public byte[]? Body { get; init; }

    public HubSpotBucket Bucket { get; init; } = HubSpotBucket.General;

    /// <summary>False where sending twice would make two of something: such a call is never sent again blindly.</summary>
    public bool IsRepeatable { get; init; } = true;
}
