using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>A passkey in a list.</summary>
/// <param name="Id">Its credential id, Base64 for addresses.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedAt">When it was added (UTC).</param>
internal sealed record PasskeyItem(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>
/// Passkeys: the device proves by a key of its own, behind its owner's finger, face or PIN, that it belongs to the account. A
/// log-in by one counts as two factors.
/// </summary>
internal sealed class Passkeys(
    HubSignIn signIn,
    UserManager<HubUser> users,
    LogIn logIn,
    SecurityLog log,
    IHttpContextAccessor http
)
{
    /// <summary>Most passkeys of one person.</summary>
    public const int Most = 10;

    /// <summary>Longest name of one, in characters.</summary>
    public const int NameLength = 50;

    /// <summary>The person's passkeys, oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyItem>> ListAsync(Guid userId)
    {
        var user = await users.FindByIdAsync(userId.ToString());
        var keys = user is null ? [] : await users.GetPasskeysAsync(user);
        return
        [
            .. keys.OrderBy(key => key.CreatedAt)
                .Select(key => new PasskeyItem(
                    Base64Url.EncodeToString(key.CredentialId),
                    key.Name ?? "",
                    key.CreatedAt
                )),
        ];
    }

    /// <summary>What the browser needs to make a passkey; a cookie remembers the challenge.</summary>
    public Task<string> CreationOptionsAsync(HubUser user) =>
        signIn.MakePasskeyCreationOptionsAsync(
            new()
            {
                Id = user.Id.ToString(),
                Name = user.UserName!,
                DisplayName = user.DisplayName,
            }
        );

    /// <summary>What the browser needs to log in by any passkey of this portal; a cookie remembers the challenge.</summary>
    public Task<string> RequestOptionsAsync() => signIn.MakePasskeyRequestOptionsAsync(null!);

    /// <summary>Adds the passkey that the browser made.</summary>
    /// <returns>False where it does not answer the challenge, or there are too many.</returns>
    public async Task<bool> AddAsync(Actor actor, string? credential, string? name)
    {
        if (
            string.IsNullOrEmpty(credential)
            || await users.FindByIdAsync(actor.Writing().UserId.ToString()) is not { } user
            || (await users.GetPasskeysAsync(user)).Count >= Most
            || await AnswerOrNullAsync(() => signIn.PerformPasskeyAttestationAsync(credential))
                is not { Succeeded: true, Passkey: { } key, UserEntity: { } entity }
            || entity.Id != user.Id.ToString()
        )
        {
            return false;
        }

        var typed = (name ?? "").Trim();
        key.Name =
            typed.Length == 0 ? DeviceName.Of(http.HttpContext?.Request.Headers.UserAgent) ?? "Passkey"
            : typed.Length > NameLength ? typed[..NameLength]
            : typed;
        if (!(await users.AddOrUpdatePasskeyAsync(user, key)).Succeeded)
        {
            return false;
        }

        await RecordAsync(SecurityEventKind.PasskeyAdded, actor, key.Name);
        return true;
    }

    /// <summary>Takes a passkey away; nothing happens where it is gone already.</summary>
    public async Task RemoveAsync(Actor actor, string id)
    {
        var bytes = Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
        if (
            await users.FindByIdAsync(actor.Writing().UserId.ToString()) is { } user
            && await users.GetPasskeyAsync(user, bytes) is { } key
        )
        {
            await users.RemovePasskeyAsync(user, bytes);
            await RecordAsync(SecurityEventKind.PasskeyRemoved, actor, key.Name);
        }
    }

    /// <summary>Logs in by the passkey that the browser answered with.</summary>
    public async Task<LogInResult> LogInAsync(string? credential)
    {
        if (
            string.IsNullOrEmpty(credential)
            || await AnswerOrNullAsync(() => signIn.PerformPasskeyAssertionAsync(credential))
                is not { Succeeded: true, User: { } user, Passkey: { } key }
        )
        {
            await log.RecordUnknownAsync(
                SecurityEventKind.LogInFailed,
                null,
                http.HttpContext.ClientAddress(),
                CancellationToken.None,
                ("reason", "passkey not accepted")
            );
            return LogInResult.Refused;
        }

        // The counter of the key rises with each use: one that does not was copied.
        await users.AddOrUpdatePasskeyAsync(user, key);
        return await logIn.AdmitAsync(
            user.Id,
            SessionMethod.Passkey,
            http.HttpContext.ClientAddress(),
            CancellationToken.None
        );
    }

    // What is no answer to a challenge at all, or comes without one, is thrown and not said.
    private static async Task<T?> AnswerOrNullAsync<T>(Func<Task<T>> perform)
        where T : class
    {
        try
        {
            return await perform();
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private Task RecordAsync(SecurityEventKind kind, Actor actor, string? name) =>
        log.RecordAsync(kind, actor, actor.UserId, CancellationToken.None, ("name", name));
}
