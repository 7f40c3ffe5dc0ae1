namespace ProPartHub.Web.Components.Knowledge;

/// <summary>An upload that says how far it has come.</summary>
/// <param name="content">What is uploaded.</param>
/// <param name="length">Its length, in bytes.</param>
/// <param name="told">Called with whole steps, in percent.</param>
internal sealed class UploadStream(Stream content, long length, Action<int> told) : Stream
{
    private const int Step = 5;

    private long _read;
    private int _told;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await content.ReadAsync(buffer, cancellationToken);
        _read += count;
        var percent = (int)(_read * 100 / Math.Max(length, 1));
        if (percent >= _told + Step)
        {
            _told = percent;
            told(percent);
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
