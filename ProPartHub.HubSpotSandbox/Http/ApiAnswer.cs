namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>A status and the body to be written as JSON; none for 204.</summary>
internal sealed record ApiAnswer(int StatusCode, object? Body = null)
{
    public static ApiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent);

    public static ApiAnswer Ok(object body) => new(StatusCodes.Status200OK, body);

    public static ApiAnswer Created(object body) => new(StatusCodes.Status201Created, body);
}

/// <summary>The `paging` member of a page that is not the last.</summary>
internal sealed record Paging(PagingNext Next)
{
    public static Paging After(string after, string? link = null) => new(new PagingNext(after, link));
}

internal sealed record PagingNext(string After, string? Link);

internal sealed record Page<T>(IReadOnlyList<T> Results, Paging? Paging = null);
