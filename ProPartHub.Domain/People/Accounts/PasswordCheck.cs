using Microsoft.AspNetCore.Identity;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Compares passwords at a bounded rate, with the same work whether or not the account exists: without an account, or
/// for one without a password, a hash that nobody knows the password of is compared.
/// </summary>
/// <param name="hasher">The hash function.</param>
public sealed class PasswordCheck(IPasswordHasher<HubUser> hasher) : IDisposable
{
    private static readonly HubUser Nobody = new() { DisplayName = string.Empty };

    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    // A hash keeps a core busy for a quarter of a second: beyond one for each core, log-ins queue instead of
    // starving everybody's circuits.
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);

    /// <summary>Compares <paramref name="password"/> with the account's.</summary>
    /// <returns>Whether it is right, and a renewed hash to store when the present one is out of date.</returns>
    public async Task<(bool IsRight, string? Renewed)> VerifyAsync(
        HubUser? user,
        string password,
        CancellationToken cancellationToken
    )
    {
        await _cores.WaitAsync(cancellationToken);
        try
        {
            var hash = user?.PasswordHash;
            var result = hasher.VerifyHashedPassword(user ?? Nobody, hash ?? _nobodysHash.Value, password);
            return hash is null || result == PasswordVerificationResult.Failed ? (false, null)
                : result == PasswordVerificationResult.SuccessRehashNeeded
                    ? (true, hasher.HashPassword(user!, password))
                : (true, null);
        }
        finally
        {
            _cores.Release();
        }
    }

    /// <summary>Hashes a new password.</summary>
    public async Task<string> HashAsync(HubUser user, string password, CancellationToken cancellationToken)
    {
        await _cores.WaitAsync(cancellationToken);
        try
        {
            return hasher.HashPassword(user, password);
        }
        finally
        {
            _cores.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cores.Dispose();
}
