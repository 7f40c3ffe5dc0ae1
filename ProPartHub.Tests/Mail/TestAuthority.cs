using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProPartHub.Tests.Mail;

/// <summary>A certificate authority that lives as long as the test; no machine trusts it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddDays(7));
        PemFile = Path.GetTempFileName();
        File.WriteAllText(PemFile, _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's certificate, as an operator would name it.</summary>
    public string PemFile { get; }

    /// <summary>A certificate with its key for a server on the loopback address, or of another name.</summary>
    /// <param name="name">Name of the server; the loopback address if null.</param>
    /// <param name="isExpired">Whether it ended yesterday.</param>
    /// <param name="purpose">Its extended key usage; that of a server.</param>
    public X509Certificate2 Issue(string? name = null, bool isExpired = false, string purpose = "1.3.6.1.5.5.7.3.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name ?? "mail"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using var issued = request.Create(
            _certificate,
            DateTimeOffset.UtcNow.AddYears(-1),
            DateTimeOffset.UtcNow.AddDays(isExpired ? -1 : 6),
            RandomNumberGenerator.GetBytes(8)
        );
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        File.Delete(PemFile);
        _certificate.Dispose();
        _key.Dispose();
    }
}
