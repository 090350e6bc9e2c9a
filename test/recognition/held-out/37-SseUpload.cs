using Amazon.S3;
using Amazon.S3.Model;

namespace Acme.Storage;

/// <summary>Uploads exports encrypted with a key of the customer (SSE-C).</summary>
public sealed class SseUpload(IAmazonS3 s3, ILogger<SseUpload> log)
{
    private const string Prefix = "⟪exports/customers/⟫";

    public async Task<string> UploadAsync(string name, Stream data, string sseKey, CancellationToken ct)
    {
        var request = new PutObjectRequest
        {
            BucketName = "acme-exports",
            Key = Prefix + name,
            InputStream = data,
            ServerSideEncryptionCustomerMethod = ServerSideEncryptionCustomerMethod.AES256,
            ServerSideEncryptionCustomerProvidedKey = sseKey,
        };
        await s3.PutObjectAsync(request, ct);
        log.LogInformation("uploaded {Key}", request.Key);
        return request.Key;
    }

    public Task<GetObjectResponse> ManifestAsync(CancellationToken ct) =>
        s3.GetObjectAsync(new GetObjectRequest { BucketName = "acme-exports", Key = "⟪exports/customers/manifest.json⟫" }, ct);

    public Task TagAsync(CancellationToken ct) =>
        s3.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = "acme-exports",
            Key = "⟪exports/customers/manifest.json⟫",
            Tagging = new Tagging { TagSet = [new Tag { Key = "⟪customer⟫", Value = "all" }] },
        }, ct);
}
