using System.Buffers.Binary;
using System.Text;

namespace ProPartHub.Benchmarks.Circuits;

/// <summary>An event handler that a batch attached.</summary>
/// <param name="Name">Attribute, such as <c>onclick</c>.</param>
/// <param name="Id">Id to dispatch the event with; valid until the next batch that renders the element.</param>
public sealed record EventHandlerFrame(string Name, ulong Id);

/// <summary>
/// Reads what a measurement needs of a render batch: the texts and event handlers it brings. Layout: little-endian;
/// the last 20 bytes are the offsets of updated components, reference frames, disposed components, disposed handlers
/// and strings (dotnet/aspnetcore, Components/Server, RenderBatchWriter).
/// </summary>
public sealed class RenderBatchReader
{
    private const int FrameLength = 20;
    private const int TrailerLength = 20;
    private const int TextFrame = 2;
    private const int AttributeFrame = 3;
    private const int MarkupFrame = 8;

    private readonly ReadOnlyMemory<byte> _batch;
    private readonly int _strings;

    private RenderBatchReader(ReadOnlyMemory<byte> batch)
    {
        _batch = batch;
        _strings = Int32(batch.Length - 4);
    }

    /// <summary>Texts, markup and attribute values, in the order of the frames.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Event handlers, in the order of the frames.</summary>
    public List<EventHandlerFrame> Handlers { get; } = [];

    /// <summary>Reads a batch.</summary>
    /// <exception cref="InvalidDataException">The bytes are no render batch.</exception>
    public static RenderBatchReader Read(ReadOnlyMemory<byte> batch)
    {
        if (batch.Length < TrailerLength)
        {
            throw new InvalidDataException("A render batch ends in 20 bytes of offsets.");
        }

        try
        {
            var reader = new RenderBatchReader(batch);
            reader.ReadFrames();
            return reader;
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException("An offset of the render batch points outside it.", exception);
        }
    }

    private void ReadFrames()
    {
        var start = Int32(_batch.Length - TrailerLength + 4);
        var count = Int32(start);
        for (var frame = start + 4; count > 0; count--, frame += FrameLength)
        {
            switch (Int32(frame))
            {
                case TextFrame or MarkupFrame:
                    Keep(String(Int32(frame + 4)));
                    break;
                case AttributeFrame when UInt64(frame + 12) is > 0 and var handler:
                    Handlers.Add(new EventHandlerFrame(String(Int32(frame + 4)) ?? string.Empty, handler));
                    break;
                case AttributeFrame:
                    Keep(String(Int32(frame + 8)));
                    break;
            }
        }
    }

    private void Keep(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Texts.Add(text);
        }
    }

    private string? String(int index)
    {
        if (index < 0)
        {
            return null;
        }

        var at = Int32(_strings + (index * 4));
        var (length, shift) = (0, 0);
        byte part;
        do
        {
            part = _batch.Span.Slice(at++, 1)[0];
            length |= (part & 0x7F) << shift;
            shift += 7;
        } while ((part & 0x80) != 0);

        return Encoding.UTF8.GetString(_batch.Span.Slice(at, length));
    }

    private int Int32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_batch.Span.Slice(offset, 4));

    private ulong UInt64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_batch.Span.Slice(offset, 8));
}
