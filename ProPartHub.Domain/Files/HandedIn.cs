namespace ProPartHub.Domain.Files;

/// <summary>A file as it was handed in.</summary>
/// <param name="Name">The person's name of it.</param>
/// <param name="MediaType">What the browser claims it to be.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Content">Opens it.</param>
public sealed record HandedIn(string Name, string? MediaType, long Size, Func<Stream> Content);
