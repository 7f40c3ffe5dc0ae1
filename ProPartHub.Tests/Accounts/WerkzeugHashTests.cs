using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>Hashes of the former portal open their accounts and are renewed. The vectors come from Python's hashlib.</summary>
public sealed class WerkzeugHashTests
{
    private const string Password = "correct horse battery staple";

    private const string Pbkdf2 =
        "pbkdf2:sha256:260000$aB3dE6gH9jK2mN5p$fc5252dd4e87fd14b71840f3d58bb621815bed1b93655c2601a0d3c6f026e1cd";

    private const string Scrypt =
        "scrypt:32768:8:1$aB3dE6gH9jK2mN5p$3e64f0518950c373e331db0036007104120368979337e6ed8a0971addc23b0ed"
        + "a384196c026eb7663858ac8ffde482dd74138321a9af14544b0cd0f81852e5e9";

    private static readonly HubUser User = new() { DisplayName = "Test" };

    [Theory]
    [InlineData(Pbkdf2)]
    [InlineData(Scrypt)]
    public void RightPassword_OpensAndAsksForANewHash_AWrongOneDoesNot(string hash)
    {
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Verify(hash, Password));
        Assert.Equal(PasswordVerificationResult.Failed, Verify(hash, Password + " "));
    }

    [Theory]
    [InlineData("pbkdf2:sha256:260000$salt")]
    [InlineData("pbkdf2:sha256:260000$salt$")]
    [InlineData("pbkdf2:sha256:0$salt$00")]
    [InlineData("pbkdf2:sha256:99999999999$salt$00")]
    [InlineData("pbkdf2:md5:1000$salt$00")]
    [InlineData("pbkdf2:sha256:1000$salt$not hex")]
    [InlineData("scrypt:33000:8:1$salt$00")]
    [InlineData("scrypt:999999999:8:1$salt$00")]
    [InlineData("scrypt:32768:8$salt$00")]
    public void DamagedOrForgedHash_OpensNothing(string hash) =>
        Assert.Equal(PasswordVerificationResult.Failed, Verify(hash, Password));

    private static PasswordVerificationResult Verify(string hash, string password) =>
        new BcryptPasswordHasher(Options.Create(new AccountOptions { BcryptCost = 4 })).VerifyHashedPassword(
            User,
            hash,
            password
        );
}
