using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("Password123456")]
    [InlineData("P@ssw0rd!2026")]
    [InlineData("passwordpassword")]
    [InlineData("kyiv2024kyiv2024")]
    [InlineData("1234567890123")]
    [InlineData("qwertyuiopasdf")]
    [InlineData("йцукенгшщзхї")]
    [InlineData("їхзщшгнекуцй")]
    [InlineData("1qaz2wsx3edc4rfv")]
    [InlineData("ababababbbaaaa")]
    [InlineData("ProPartHub2026!")]
    [InlineData("Пароль20262026")]
    [InlineData("!!!dragon111111")]
    public void WhatIsGuessedFirst_IsRefused(string password) => Assert.True(CommonPasswords.Contains(password));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("п’ять не пов’язаних слів")]
    [InlineData("vj4-Кавун-тиша-98")]
    [InlineData("dragonfly over lake")]
    public void WhatIsHardToGuess_IsTaken(string password) => Assert.False(CommonPasswords.Contains(password));
}
