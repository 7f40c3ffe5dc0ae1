namespace ProPartHub.Domain.Files.Storage;

/// <summary>An object in a vault.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="StoredAt">When it was put there (UTC).</param>
public sealed record VaultObject(string Name, long Size, DateTimeOffset StoredAt);

/// <summary>Keeps sealed objects under names made by the portal: a folder, or a bucket.</summary>
public interface IFileVault
{
    /// <summary>False where no place is set.</summary>
    bool IsReady { get; }

    /// <summary>Makes a file on this machine, to be filled and handed to <see cref="PutAsync"/>; it goes when it is closed.</summary>
    FileStream NewDraft();

    /// <summary>Stores a draft whole or not at all, in place of an object of that name if there is one.</summary>
    Task PutAsync(string name, FileStream draft, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading from a place in it on.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    Task<Stream> OpenAsync(string name, long from, CancellationToken cancellationToken);

    /// <summary>Whether there is an object of that name.</summary>
    Task<bool> HasAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes an object, if there is one.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Everything that is stored, in no order.</summary>
    IAsyncEnumerable<VaultObject> AllAsync(CancellationToken cancellationToken);
}
