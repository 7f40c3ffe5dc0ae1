using System.Security.Cryptography;
using System.Text;

namespace ProPartHub.Domain.Data.Server;

/// <summary>
/// The folder of one private server, claimed by this process alone for as long as this object lives. The claim is a
/// lock file beside the folder; the operating system drops it when the process ends in whatever way.
/// </summary>
internal sealed class PostgresFolder : IDisposable
{
    /// <summary>The number in the socket's name; no TCP port is taken.</summary>
    public const int SocketPort = 5432;

    // sockaddr_un has 108 bytes on Linux and 104 on macOS, each with a closing zero.
    private const int LongestSocketPath = 103;

    private readonly FileStream _lock;

    private PostgresFolder(string root, FileStream claim)
    {
        Root = root;
        _lock = claim;
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Sockets => Path.Combine(Root, "s");

    public string PasswordFile => Path.Combine(Root, "password");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    public bool SocketFits =>
        Encoding.UTF8.GetByteCount(Path.Combine(Sockets, $".s.PGSQL.{SocketPort}")) <= LongestSocketPath;

    /// <summary>Major version of the server that made the data; <see langword="null"/> when there is none yet.</summary>
    public int? Major =>
        File.Exists(Path.Combine(Data, "PG_VERSION"))
        && int.TryParse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), out var major)
            ? major
            : null;

    /// <summary>Claims a folder.</summary>
    /// <exception cref="PostgresUnavailableException">Another process holds it, or it may not be written.</exception>
    public static PostgresFolder Claim(string root)
    {
        root = Path.GetFullPath(root);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root)!);
            return new PostgresFolder(root, OpenLock(root));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PostgresUnavailableException(
                $"The hub's database folder '{root}' may not be written by this user. Choose another folder, or set ConnectionStrings__Hub to a server of your own.",
                exception
            );
        }
        catch (IOException exception)
        {
            throw new PostgresUnavailableException(
                $"Another running hub already uses the database folder '{root}'. Stop that one, choose another folder, "
                    + $"or set ConnectionStrings__Hub to a server that both can use. ({exception.Message})",
                exception
            );
        }
    }

    /// <summary>Makes the folders and the password where they are missing, owned by the server's account.</summary>
    /// <returns>The password of the server's roles.</returns>
    public async Task<string> PrepareAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { Root, Sockets })
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(
                    folder,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }

            await account.GiveAsync(folder, cancellationToken);
        }

        if (!File.Exists(PasswordFile))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var writer = new StreamWriter(PasswordFile, options);
            await writer.WriteAsync(RandomNumberGenerator.GetHexString(32));
        }

        await account.GiveAsync(PasswordFile, cancellationToken);
        return await File.ReadAllTextAsync(PasswordFile, cancellationToken);
    }

    /// <summary>Removes the folder, its server being stopped, and gives up the claim.</summary>
    public void Remove()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }

        File.Delete(LockPath(Root));
        Dispose();
    }

    /// <summary>Claims every folder below a parent whose owner has died.</summary>
    public static IEnumerable<PostgresFolder> ClaimAbandoned(string parent)
    {
        if (!Directory.Exists(parent))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(parent, "*.lock"))
        {
            PostgresFolder? claimed = null;
            try
            {
                var root = path[..^".lock".Length];
                claimed = new PostgresFolder(root, OpenLock(root));
            }
            catch (IOException)
            {
                // Its owner lives.
            }

            if (claimed is not null)
            {
                yield return claimed;
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string LockPath(string root) => root + ".lock";

    private static FileStream OpenLock(string root) =>
        new(LockPath(root), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
