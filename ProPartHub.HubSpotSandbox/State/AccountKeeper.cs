using System.Security.Cryptography;
using System.Text.Json;
using ProPartHub.HubSpotSandbox.Account;

namespace ProPartHub.HubSpotSandbox.State;

/// <summary>
/// Opens the account, as it was left where the options name a file, and writes it there a moment after each change. Without
/// a file the account lives in memory alone.
/// </summary>
internal sealed partial class AccountKeeper : IDisposable
{
    /// <summary>How long changes are gathered before they are written: what a killed process can lose.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private readonly StateFile? _file;
    private readonly ILogger<AccountKeeper> _logger;
    private readonly ITimer _timer;
    private readonly Lock _writing = new();
    private int _changed;

    public AccountKeeper(SandboxOptions options, ILogger<AccountKeeper> logger)
    {
        _logger = logger;
        _file = string.IsNullOrWhiteSpace(options.StateFile) ? null : new StateFile(options.StateFile);
        _timer = options.TimeProvider.CreateTimer(
            _ => Save(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        var kept = _file is null ? null : Open(_file, options);
        IsNew = kept is null;
        Account = kept ?? new HubSpotAccount(_file is null ? options : options with { PortalId = NewPortalId() });
    }

    public HubSpotAccount Account { get; }

    /// <summary>Whether nothing was kept, so that the account is still empty.</summary>
    public bool IsNew { get; }

    /// <summary>From now on changes are written; a new account at once.</summary>
    public void Start()
    {
        if (_file is null)
            return;

        Account.Changed += _ => NoteChange();
        if (IsNew)
            NoteChange();
    }

    /// <summary>Writes what was not yet written.</summary>
    public void Save()
    {
        lock (_writing)
        {
            if (_file is null || Interlocked.Exchange(ref _changed, 0) == 0)
                return;

            try
            {
                _file.Write(AccountCapture.Of(Account));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotWritten(e, _file.Path);
                NoteChange();
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    // Called under the account's lock: it only sets the clock.
    private void NoteChange()
    {
        if (Interlocked.Exchange(ref _changed, 1) == 0)
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
    }

    private HubSpotAccount? Open(StateFile file, SandboxOptions options)
    {
        try
        {
            return file.Read() is { } state ? AccountRestore.From(state, options) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or ArgumentException)
        {
            LogBroken(e, file.Path, file.SetAside(options.TimeProvider.GetUtcNow()));
            return null;
        }
    }

    // Another account has another id, by which a portal bound to the one before notices that its records are gone with it.
    private static long NewPortalId() => RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue);

    [LoggerMessage(
        LogLevel.Error,
        "The sandbox's account could not be read from {File}; that file is now {Aside}, and a new account begins"
    )]
    private partial void LogBroken(Exception exception, string file, string aside);

    [LoggerMessage(LogLevel.Error, "The sandbox's account could not be written to {File}; it is tried again")]
    private partial void LogNotWritten(Exception exception, string file);
}
