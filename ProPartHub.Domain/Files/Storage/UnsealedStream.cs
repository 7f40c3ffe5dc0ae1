using System.Security.Cryptography;

namespace ProPartHub.Domain.Files.Storage;

/// <summary>
/// A sealed object as its content, from any place on: a piece is fetched and checked when it is read. Reads without waiting
/// are refused, since an object may lie behind a network.
/// </summary>
/// <param name="openAt">Opens the object from a place on; its failures come through as they are.</param>
/// <param name="key">The key that it is sealed with.</param>
/// <param name="size">Length of the content in bytes.</param>
/// <param name="isDraft">True for a draft on this machine: its owner closes it, and it may be read without waiting.</param>
internal sealed class UnsealedStream(
    Func<long, CancellationToken, Task<Stream>> openAt,
    byte[] key,
    long size,
    bool isDraft = false
) : Stream
{
    private readonly AesGcm _cipher = new(key, Sealing.TagLength);
    private readonly byte[] _wrapped = new byte[Sealing.PieceLength + Sealing.TagLength];
    private readonly byte[] _plain = new byte[Sealing.PieceLength];
    private Stream? _object;
    private long _next = -1;
    private long _held = -1;
    private long _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => size;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new IOException("There is nothing before the beginning.");
    }

    /// <summary>Reads and checks the beginning, so that a lost or changed object is noticed before an answer has begun.</summary>
    /// <exception cref="CryptographicException">The object was changed.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => HoldAsync(0, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= size || buffer.Length == 0)
        {
            return 0;
        }

        var piece = _position / Sealing.PieceLength;
        await HoldAsync(piece, cancellationToken);
        var from = (int)(_position % Sealing.PieceLength);
        var length = Math.Min(buffer.Length, LengthOf(piece) - from);
        _plain.AsMemory(from, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        isDraft
            // The list of parts of an archive is read so, whatever its reader is asked for.
            ? ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult()
            : throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => size + offset,
        };

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            if (!isDraft)
            {
                _object?.Dispose();
            }

            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private int LengthOf(long piece) => (int)Math.Min(Sealing.PieceLength, size - (piece * Sealing.PieceLength));

    private async Task HoldAsync(long piece, CancellationToken cancellationToken)
    {
        if (_held == piece)
        {
            return;
        }

        if (_object is null || _next != piece)
        {
            if (_object is not null && !isDraft)
            {
                await _object.DisposeAsync();
            }

            _object = await openAt(Sealing.PlaceOf(piece), cancellationToken);
        }

        _held = -1;
        var length = LengthOf(piece);
        var read = await _object.ReadAtLeastAsync(
            _wrapped.AsMemory(0, length + Sealing.TagLength),
            length + Sealing.TagLength,
            throwOnEndOfStream: false,
            cancellationToken
        );
        if (read < length + Sealing.TagLength)
        {
            throw new CryptographicException("The object ends before its content does.");
        }

        _cipher.Decrypt(
            Sealing.Nonce(piece, isLast: length < Sealing.PieceLength),
            _wrapped.AsSpan(0, length),
            _wrapped.AsSpan(length, Sealing.TagLength),
            _plain.AsSpan(0, length)
        );
        (_held, _next) = (piece, piece + 1);
    }
}
