using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

/// <summary>How the keys of cookies and one-time links rest in the database (section <c>DataProtection</c>).</summary>
public sealed record DataProtectionSettings
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "DataProtection";

    /// <summary>
    /// A PKCS #12 file (.pfx) whose certificate encrypts the keys; empty leaves them readable to whoever reads the database,
    /// which <see cref="Unprotected"/> has to allow. Every instance needs the same file. To change it, list the former one in
    /// <see cref="FormerCertificates"/>. Without it what it encrypted is lost: keep a copy apart from the backups.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>
    /// Says that keys may rest readable in the database; without it and without a certificate the portal does not start
    /// outside Development.
    /// </summary>
    public bool Unprotected { get; init; }

    /// <summary>Password of that file and of the former ones; empty: they have none.</summary>
    public string? Password { get; init; }

    /// <summary>Files of certificates that encrypted keys before.</summary>
    public IReadOnlyList<string> FormerCertificates { get; init; } = [];
}

internal static class DataProtectionHosting
{
    /// <summary>Keeps the keys in the database, so that sessions outlive restarts and hold on every instance.</summary>
    public static void AddHubDataProtection(this WebApplicationBuilder builder)
    {
        Protect(builder.Services.AddDataProtection().PersistKeysToDbContext<HubDbContext>(), builder.Configuration);
    }

    /// <summary>Gives keys the application's name and the certificates of the settings, wherever the keys lie.</summary>
    public static void Protect(IDataProtectionBuilder protection, IConfiguration configuration)
    {
        var settings = configuration.GetSection(DataProtectionSettings.Section).Get<DataProtectionSettings>() ?? new();
        protection.SetApplicationName("ProPart Hub");
        if (!string.IsNullOrEmpty(settings.Certificate))
        {
            protection
                .ProtectKeysWithCertificate(Load(nameof(settings.Certificate), settings.Certificate, settings.Password))
                .UnprotectKeysWithAnyCertificate([
                    .. settings.FormerCertificates.Select(file =>
                        Load(nameof(settings.FormerCertificates), file, settings.Password)
                    ),
                ]);
        }
    }

    private static X509Certificate2 Load(string setting, string file, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new WrongSettingException(
                $"{DataProtectionSettings.Section}:{setting} is {file}, which cannot be opened with the password: {fault.Message}",
                fault
            );
        }
    }
}
