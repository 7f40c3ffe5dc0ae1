using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ProPartHub.Domain.Files.Storage;

/// <summary>
/// How contents lie in a vault: in pieces, each encrypted and authenticated (AES-256-GCM) with a key that seals this one
/// object alone. The number of a piece and whether it is the last one are part of its nonce, so that pieces can be neither
/// exchanged nor left out, and any place can be read without what stands before it.
/// </summary>
internal static class Sealing
{
    /// <summary>Bytes of content in a piece; the last one has fewer, and may have none.</summary>
    public const int PieceLength = 64 * 1024;

    /// <summary>Bytes that sealing adds to each piece.</summary>
    public const int TagLength = 16;

    /// <summary>Length of a key, in bytes.</summary>
    public const int KeyLength = 32;

    private const int NonceLength = 12;

    /// <summary>Seals a content.</summary>
    /// <param name="content">The content; read once, to its end.</param>
    /// <param name="target">Receives it sealed.</param>
    /// <param name="key">A key that has sealed nothing before.</param>
    /// <param name="largest">Most bytes of content; of more, the rest is not read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Length and SHA-256 of the content; a length above <paramref name="largest"/> where it was longer.</returns>
    public static async Task<(long Size, byte[] Hash)> SealAsync(
        Stream content,
        Stream target,
        byte[] key,
        long largest,
        CancellationToken cancellationToken
    )
    {
        using var cipher = new AesGcm(key, TagLength);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var plain = new byte[PieceLength];
        var wrapped = new byte[PieceLength + TagLength];
        long size = 0;
        for (long piece = 0; ; piece++)
        {
            var length = await content.ReadAtLeastAsync(
                plain,
                PieceLength,
                throwOnEndOfStream: false,
                cancellationToken
            );
            size += length;
            if (size > largest)
            {
                return (size, []);
            }

            hash.AppendData(plain, 0, length);
            var isLast = length < PieceLength;
            cipher.Encrypt(
                Nonce(piece, isLast),
                plain.AsSpan(0, length),
                wrapped.AsSpan(0, length),
                wrapped.AsSpan(length, TagLength)
            );
            await target.WriteAsync(wrapped.AsMemory(0, length + TagLength), cancellationToken);
            if (isLast)
            {
                await target.FlushAsync(cancellationToken);
                return (size, hash.GetHashAndReset());
            }
        }
    }

    /// <summary>Where a piece begins in its object.</summary>
    public static long PlaceOf(long piece) => piece * (PieceLength + TagLength);

    /// <summary>The nonce of a piece.</summary>
    public static byte[] Nonce(long piece, bool isLast)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, piece);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
