using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProPartHub.Domain.Mail;

/// <summary>
/// Trust in a mail server whose certificate comes from the office's own authority: only what the file names is believed,
/// and name, dates and purpose of the certificate count as ever. Whether such an authority has revoked it cannot be asked.
/// </summary>
internal sealed class MailServerTrust
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _roots = [];

    /// <param name="file">PEM file.</param>
    /// <exception cref="CryptographicException">There is no certificate in it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public MailServerTrust(string file)
    {
        _roots.ImportFromPemFile(file);
        if (_roots.Count == 0)
        {
            throw new CryptographicException("no certificate was found in it.");
        }
    }

    /// <summary>Whether the certificate that a server showed is to be believed.</summary>
    public bool Believes(object sender, X509Certificate? shown, X509Chain? sent, SslPolicyErrors faults)
    {
        // The chain is judged anew below; whose certificate it is was judged by the name of the server.
        if (shown is null || (faults & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var certificate = new X509Certificate2(shown);
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.CustomTrustStore.AddRange(_roots);
        policy.ApplicationPolicy.Add(new Oid(ForServers));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            policy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate);
    }
}
