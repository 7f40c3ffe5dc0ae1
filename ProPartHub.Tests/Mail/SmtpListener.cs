using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProPartHub.Tests.Mail;

/// <summary>A mail server on a loopback port that speaks as much SMTP as a client needs to hand over a mail.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpListener()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to RCPT.</summary>
    public string RecipientAnswer { get; init; } = "250 OK";

    /// <summary>Whether the connection breaks where the client says farewell.</summary>
    public bool BreaksAtQuit { get; init; }

    /// <summary>What it shows of itself; with it TLS is offered by STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether TLS begins with the connection.</summary>
    public bool SpeaksTlsAtOnce { get; init; }

    /// <summary>Mails taken, as they came over the wire.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    /// <summary>Every command, in order.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>Those of them that came through TLS.</summary>
    public ConcurrentQueue<string> ProtectedCommands { get; } = [];

    public async ValueTask DisposeAsync()
    {
        // Not stopped while the loop may ask for the next client: that would be another fault than the test's end.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client.GetStream());
            }
            catch (Exception end)
                when (end is OperationCanceledException or SocketException or IOException or AuthenticationException)
            {
                // The test is over, or its client hung up in the middle of a word or at the sight of the certificate.
            }
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        if (SpeaksTlsAtOnce)
        {
            await using var tls = await ProtectAsync(stream);
            await SpeakAsync(tls, isGreeted: false);
        }
        else if (await SpeakAsync(stream, isGreeted: false))
        {
            await using var tls = await ProtectAsync(stream);
            await SpeakAsync(tls, isGreeted: true);
        }
    }

    private async Task<SslStream> ProtectAsync(Stream stream)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = Certificate },
            _stop.Token
        );
        return tls;
    }

    // True when the client wants to go on by TLS.
    private async Task<bool> SpeakAsync(Stream stream, bool isGreeted)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true)
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        if (!isGreeted)
        {
            await writer.WriteLineAsync("220 test mail server");
        }

        while (await reader.ReadLineAsync(_stop.Token) is { } command)
        {
            Commands.Enqueue(command);
            if (stream is SslStream)
            {
                ProtectedCommands.Enqueue(command);
            }

            switch (command.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test");
                    await writer.WriteLineAsync("250-8BITMIME");
                    if (Certificate is not null && stream is not SslStream)
                    {
                        await writer.WriteLineAsync("250-STARTTLS");
                    }

                    await writer.WriteLineAsync("250 AUTH PLAIN");
                    break;
                case "STARTTLS":
                    await writer.WriteLineAsync("220 go on");
                    return true;
                case "AUTH":
                    await writer.WriteLineAsync("235 welcome");
                    break;
                case "RCPT":
                    await writer.WriteLineAsync(RecipientAnswer);
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    Mails.Enqueue(await DataAsync(reader));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT" when BreaksAtQuit:
                    return false;
                case "QUIT":
                    await writer.WriteLineAsync("221 farewell");
                    return false;
                default:
                    await writer.WriteLineAsync("250 OK");
                    break;
            }
        }

        return false;
    }

    private async Task<string> DataAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return mail.ToString();
    }
}
