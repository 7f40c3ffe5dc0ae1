using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace ProPartHub.Domain.Files.Storage;

/// <summary>Objects in a bucket of a store that speaks the protocol of Amazon S3. Nothing in it is public.</summary>
internal sealed class BucketVault : IFileVault, IDisposable
{
    private readonly BucketOptions _options;
    private readonly AmazonS3Client _client;

    public BucketVault(BucketOptions options)
    {
        _options = options;
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            // Most compatible stores have no name in DNS for each bucket, nor the newer checksums.
            ForcePathStyle = options.Address is not null,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromMinutes(2),
            MaxErrorRetry = 3,
        };
        if (options.Address is { } address)
        {
            config.ServiceURL = address.ToString();
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        _client = string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public FileStream NewDraft() => DraftFile.In(Path.GetTempPath());

    /// <inheritdoc/>
    public async Task PutAsync(string name, FileStream draft, CancellationToken cancellationToken)
    {
        draft.Position = 0;
        await _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _options.Name,
                Key = KeyOf(name),
                InputStream = draft,
                AutoCloseStream = false,
                // Signed as a whole: not every compatible store takes it in signed pieces.
                UseChunkEncoding = false,
                ContentType = "application/octet-stream",
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(string name, long from, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = _options.Name, Key = KeyOf(name) };
        if (from > 0)
        {
            request.ByteRange = new ByteRange($"bytes={from}-");
        }

        try
        {
            var answer = await _client.GetObjectAsync(request, cancellationToken);
            return answer.ResponseStream;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode is HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"There is no object {name}.", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> HasAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _client.GetObjectMetadataAsync(_options.Name, KeyOf(name), cancellationToken);
            return true;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        _client.DeleteObjectAsync(_options.Name, KeyOf(name), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<VaultObject> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _options.Name, Prefix = _options.Prefix };
        do
        {
            var page = await _client.ListObjectsV2Async(request, cancellationToken);
            foreach (var each in page.S3Objects ?? [])
            {
                yield return new(
                    each.Key[_options.Prefix.Length..],
                    each.Size ?? 0,
                    each.LastModified?.ToUniversalTime() ?? DateTimeOffset.MinValue
                );
            }

            request.ContinuationToken = page.IsTruncated is true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string KeyOf(string name) => _options.Prefix + name;
}
