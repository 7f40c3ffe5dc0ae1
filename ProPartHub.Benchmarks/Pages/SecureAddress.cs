using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProPartHub.Domain.Data.Server;

namespace ProPartHub.Benchmarks.Pages;

/// <summary>
/// A further address of an app, with TLS, by which browsers speak HTTP/2 as they do through any proxy: headers that answers share
/// then cost next to nothing. Its certificate is made for the run.
/// </summary>
internal sealed class SecureAddress : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public SecureAddress()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        File.WriteAllBytes(_file, certificate.Export(X509ContentType.Pfx, _password));
    }

    public Uri Address { get; } = new($"https://127.0.0.1:{LoopbackPort.Free()}/");

    /// <summary>Has an app listen there too.</summary>
    /// <param name="plain">The address without TLS that it keeps.</param>
    public IReadOnlyDictionary<string, string> Beside(Uri plain) =>
        new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__Plain__Url"] = plain.ToString(),
            ["Kestrel__Endpoints__Secure__Url"] = Address.ToString(),
            ["Kestrel__Endpoints__Secure__Certificate__Path"] = _file,
            ["Kestrel__Endpoints__Secure__Certificate__Password"] = _password,
        };

    public void Dispose() => File.Delete(_file);
}
