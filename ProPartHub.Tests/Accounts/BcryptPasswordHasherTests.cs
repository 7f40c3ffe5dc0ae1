using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class BcryptPasswordHasherTests
{
    // 72 bytes, which is all that bcrypt alone reads.
    private static readonly string LongCyrillic = new('щ', 36);

    private static readonly HubUser User = new() { DisplayName = "Test" };

    [Fact]
    public void Hash_CarriesMarkAndCost()
    {
        var hash = Hasher(4).HashPassword(User, "correct horse battery");

        Assert.Matches(@"^\$pp1\$\$2[ab]\$04\$.{53}$", hash);
    }

    [Fact]
    public void Verify_RightPassword_Succeeds() =>
        Assert.Equal(PasswordVerificationResult.Success, HashAndVerify("п’ять слів 🙂 and \0 zero", null));

    [Theory]
    [InlineData("Correct horse battery")]
    [InlineData("correct horse battery ")]
    [InlineData("")]
    public void Verify_OtherPassword_Fails(string other) =>
        Assert.Equal(PasswordVerificationResult.Failed, HashAndVerify("correct horse battery", other));

    [Fact]
    public void Verify_LettersBeyond72Bytes_Matter()
    {
        Assert.True(
            BCrypt.Net.BCrypt.Verify(LongCyrillic + "а", BCrypt.Net.BCrypt.HashPassword(LongCyrillic + "б", 4))
        );

        Assert.Equal(PasswordVerificationResult.Failed, HashAndVerify(LongCyrillic + "б", LongCyrillic + "а"));
        Assert.Equal(PasswordVerificationResult.Success, HashAndVerify(LongCyrillic + "б", null));
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 4)]
    public void Verify_CostChanged_AsksForRehash(int before, int now)
    {
        var hash = Hasher(before).HashPassword(User, "correct horse battery");

        var result = Hasher(now).VerifyHashedPassword(User, hash, "correct horse battery");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, result);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('b')]
    [InlineData('y')]
    public void Verify_PlainBcryptOfFormerPortal_AsksForRehash(char revision)
    {
        var salt = BCrypt.Net.BCrypt.GenerateSalt(4, 'b');
        var plain = $"$2{revision}{BCrypt.Net.BCrypt.HashPassword("secret1", salt)[3..]}";

        Assert.Equal(
            PasswordVerificationResult.SuccessRehashNeeded,
            Hasher(4).VerifyHashedPassword(User, plain, "secret1")
        );
        Assert.Equal(PasswordVerificationResult.Failed, Hasher(4).VerifyHashedPassword(User, plain, "secret2"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$pp1$")]
    [InlineData("$pp1$$2b$04$tooshort")]
    [InlineData("$2b$99$KIXQKIXQKIXQKIXQKIXQKOabcdefghijklmnopqrstuvwxyzabcdef")]
    [InlineData("pbkdf2:sha256:150000$salt$hash")]
    public void Verify_DamagedOrForeignHash_Fails(string hash) =>
        Assert.Equal(PasswordVerificationResult.Failed, Hasher(4).VerifyHashedPassword(User, hash, "secret1"));

    private static BcryptPasswordHasher Hasher(int cost) =>
        new(Options.Create(new AccountOptions { BcryptCost = cost }));

    private static PasswordVerificationResult HashAndVerify(string password, string? typed)
    {
        var hasher = Hasher(4);
        return hasher.VerifyHashedPassword(User, hasher.HashPassword(User, password), typed ?? password);
    }
}
