using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProPartHub.HubSpotSandbox.State;

/// <summary>A file with an account's state, always whole: a new one is written beside it and takes its place.</summary>
internal sealed class StateFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <returns>Null when there is no file.</returns>
    /// <exception cref="JsonException">It is not a state.</exception>
    public AccountState? Read()
    {
        if (!File.Exists(Path))
            return null;

        using var file = File.OpenRead(Path);
        return JsonSerializer.Deserialize<AccountState>(file, Json) ?? throw new JsonException("It is empty.");
    }

    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public void Write(AccountState state)
    {
        var next = $"{Path}.new";
        using (var file = new FileStream(next, Private(FileMode.Create)))
        {
            JsonSerializer.Serialize(file, state, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, Path, overwrite: true);
    }

    /// <summary>Renames a file that cannot be read, so that nothing of it is lost, and tells its new name.</summary>
    public string SetAside(DateTimeOffset at)
    {
        var aside = $"{Path}.broken-{at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
        File.Move(Path, aside, overwrite: true);
        return aside;
    }

    // A developer may have typed real people into the portal.
    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
