namespace ProPartHub.Domain.Files;

/// <summary>
/// Where files lie (section <c>Files</c>): in a folder, or in a bucket of a store that speaks the protocol of Amazon S3. A
/// bucket goes before a folder. With neither no files are taken.
/// </summary>
public sealed class HubFileOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Files";

    /// <summary>
    /// Folder of the files, the same for every instance; never one that a web server serves. It is made when it is missing, and
    /// the portal does not start when it cannot be written. Empty: no files are taken; in Development a folder of the user's data.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>
    /// Where papers of agents and files of comments lay before there was a store; <see cref="FormerFiles"/> empties it. Set by
    /// the setting that named it then, <c>Verification:DocumentsFolder</c>.
    /// </summary>
    public string? FormerFolder { get; set; }

    /// <summary>The bucket, in place of a folder.</summary>
    public BucketOptions Bucket { get; set; } = new();
}

/// <summary>A bucket of an S3-compatible store (section <c>Files:Bucket</c>).</summary>
public sealed class BucketOptions
{
    /// <summary>Name of the bucket; empty: files lie in the folder.</summary>
    public string? Name { get; set; }

    /// <summary>Address of the store; empty is Amazon's own of the <see cref="Region"/>.</summary>
    public Uri? Address { get; set; }

    /// <summary>Region, as the store calls it; stores of others than Amazon mostly take any.</summary>
    public string Region { get; set; } = "eu-central-1";

    /// <summary>Access key, together with its secret; empty takes what the machine offers (role, profile, environment).</summary>
    public string? AccessKey { get; set; }

    /// <summary>Secret of the <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>What the names of all objects begin with, such as <c>hub/</c>; not to be changed once there are files.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Whether a bucket is set.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Name);
}
