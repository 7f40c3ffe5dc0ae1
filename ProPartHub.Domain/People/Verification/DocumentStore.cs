using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.People.Verification;

/// <summary>
/// Files of documents in a folder that nothing serves. Their names are random and made here; what a person called a file
/// is never part of a path.
/// </summary>
public sealed class DocumentStore(IOptions<VerificationOptions> options)
{
    private const int NameBytes = 20;

    /// <summary>False where no folder is set: then no documents are taken.</summary>
    public bool IsReady => !string.IsNullOrWhiteSpace(options.Value.DocumentsFolder);

    /// <summary>Stores one document.</summary>
    /// <returns>The name of its file.</returns>
    internal async Task<string> SaveAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(options.Value.DocumentsFolder!);
        var name = Convert.ToHexString(RandomNumberGenerator.GetBytes(NameBytes)).ToLowerInvariant();
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(Path.Combine(folder.FullName, name), creation);
        await file.WriteAsync(content, cancellationToken);
        return name;
    }

    internal Stream Open(string fileName) => File.OpenRead(PathOf(fileName));

    /// <summary>Removes what a request that failed has stored.</summary>
    internal void Remove(IEnumerable<string> fileNames)
    {
        foreach (var name in fileNames)
        {
            File.Delete(PathOf(name));
        }
    }

    private string PathOf(string fileName) => Path.Combine(options.Value.DocumentsFolder!, Path.GetFileName(fileName));
}
