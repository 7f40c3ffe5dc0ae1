using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProPartHub.Domain.Privacy;

/// <summary>The file of a client's data, as JSON that people can read, written as its parts come.</summary>
internal sealed class ClientFile : IDisposable
{
    // For people: Cyrillic as it is. The file is never put into a page.
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonSerializerOptions Values = new(JsonSerializerDefaults.Web)
    {
        Encoder = Readable,
        Converters = { new JsonStringEnumConverter() },
    };

    // In between, since serializing ends with a write that waits, which a web server does not take.
    private readonly PipeWriter _parts;
    private readonly Utf8JsonWriter _json;
    private bool _isWhole;

    /// <summary>A file over a stream, which is left open.</summary>
    public ClientFile(Stream stream)
    {
        _parts = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        _json = new Utf8JsonWriter(_parts, new JsonWriterOptions { Indented = true, Encoder = Readable });
    }

    /// <summary>Begins the file, and in it the list of leads.</summary>
    public void Begin(DateTimeOffset at)
    {
        _json.WriteStartObject();
        Write("exportedAt", at);
        _json.WriteStartArray("leads");
    }

    /// <summary>Ends the list and the file.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        await SendAsync(cancellationToken);
        await _parts.CompleteAsync();
        _isWhole = true;
    }

    /// <summary>Begins a lead.</summary>
    public void BeginLead() => _json.WriteStartObject();

    /// <summary>Ends it.</summary>
    public void EndLead() => _json.WriteEndObject();

    /// <summary>Writes a value of the lead.</summary>
    public void Write<T>(string name, T value)
    {
        _json.WritePropertyName(name);
        JsonSerializer.Serialize(_json, value, Values);
    }

    /// <summary>Writes a list of the lead, part after part; what was written of it has left before the next part is read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="next">Reads the part after a row, the first part after null; an empty part ends the list.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteAsync<T>(string name, Func<T?, Task<List<T>>> next, CancellationToken cancellationToken)
        where T : class
    {
        _json.WriteStartArray(name);
        for (var rows = await next(null); rows.Count > 0; rows = await next(rows[^1]))
        {
            foreach (var row in rows)
            {
                JsonSerializer.Serialize(_json, row, Values);
            }

            await SendAsync(cancellationToken);
        }

        _json.WriteEndArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        if (!_isWhole)
        {
            // What was not sent yet is dropped: the reader must notice that the file is not whole.
            _parts.Complete(new IOException("The file was not written to its end."));
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await _json.FlushAsync(cancellationToken);
        await _parts.FlushAsync(cancellationToken);
    }
}
