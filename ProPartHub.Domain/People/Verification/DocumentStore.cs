using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.People.Verification;

/// <summary>
/// Files of documents in a folder that nothing serves, encrypted and sealed with the data-protection keys: whoever reads
/// the folder reads nothing, and a file that was changed, or put in another's place, is refused. Their names are random and
/// made here; what a person called a file is never part of a path.
/// </summary>
public sealed class DocumentStore(IOptions<VerificationOptions> options, IDataProtectionProvider protection)
{
    /// <summary>
    /// End of the names of encrypted files. The row with the name says so, not the file: nobody who writes to the folder
    /// alone can pass a readable file off.
    /// </summary>
    internal const string Encrypted = ".enc";

    private const int NameBytes = 20;

    // What encryption adds is far less.
    private const long LargestFile = VerificationService.LargestDocument + 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.Documents.v1");

    /// <summary>False where no folder is set: then no documents are taken.</summary>
    public bool IsReady => !string.IsNullOrWhiteSpace(options.Value.DocumentsFolder);

    /// <summary>Encrypts and stores one document of at most <see cref="VerificationService.LargestDocument"/>.</summary>
    /// <returns>The name of its file.</returns>
    internal async Task<string> SaveAsync(byte[] content, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(options.Value.DocumentsFolder!);
        var name = Convert.ToHexString(RandomNumberGenerator.GetBytes(NameBytes)).ToLowerInvariant() + Encrypted;
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(Path.Combine(folder.FullName, name), creation);
        await file.WriteAsync(ProtectorOf(name).Protect(content), cancellationToken);
        return name;
    }

    /// <summary>Opens a document, also one from before documents were encrypted.</summary>
    /// <exception cref="DocumentUnreadableException">Its file is gone or was changed, or the keys are lost.</exception>
    internal async Task<Stream> OpenAsync(string fileName, CancellationToken cancellationToken) =>
        new MemoryStream(await ReadAsync(fileName, cancellationToken), writable: false);

    /// <inheritdoc cref="OpenAsync"/>
    internal async Task<byte[]> ReadAsync(string fileName, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(PathOf(fileName));
            if (file.Length > LargestFile)
            {
                throw new CryptographicException("The file is larger than any document.");
            }

            var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            return IsEncrypted(fileName) ? ProtectorOf(fileName).Unprotect(content) : content;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException)
        {
            throw new DocumentUnreadableException(fileName, fault);
        }
    }

    /// <summary>Removes what a request that failed has stored.</summary>
    internal void Remove(IEnumerable<string> fileNames)
    {
        foreach (var name in fileNames)
        {
            File.Delete(PathOf(name));
        }
    }

    private static bool IsEncrypted(string fileName) => fileName.EndsWith(Encrypted, StringComparison.Ordinal);

    // Bound to its name: another document's file in its place does not open.
    private IDataProtector ProtectorOf(string fileName) => _protector.CreateProtector(fileName);

    private string PathOf(string fileName) => Path.Combine(options.Value.DocumentsFolder!, Path.GetFileName(fileName));
}

/// <summary>
/// A document's file is gone, was changed by somebody else than the portal, or the keys that protected it are lost.
/// </summary>
public sealed class DocumentUnreadableException(string fileName, Exception inner)
    : Exception($"The document in {fileName} cannot be read.", inner);
