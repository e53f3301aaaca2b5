using System.Security.Cryptography;
using System.Text;

namespace PanelServer.Domain.Resellers;

/// <summary>
/// A reseller's key: <c>pk_live_</c>, 256 random bits and a checksum, so that a leaked key is recognised by its shape.
/// The key itself is shown once; what is kept is its hash and its prefix.
/// </summary>
public sealed record ApiKey
{
    /// <summary>What every issued key begins with.</summary>
    public const string Marker = "pk_live_";

    /// <summary>Random bytes in a key.</summary>
    public const int SecretBytes = 32;

    /// <summary>Bytes of a key that are hashed at all; anything longer is not a key (docs/contract.md, "Request").</summary>
    public const int MaxBytes = 128;

    private const int PrefixLength = 16;
    private const int ChecksumBytes = 4;

    // No letters that are read as digits or each other.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private ApiKey(string text) => Text = text;

    /// <summary>The key, to be shown once.</summary>
    public string Text { get; }

    /// <summary>The part by which an operator names the key.</summary>
    public string Prefix => Text[..Math.Min(PrefixLength, Text.Length)];

    /// <summary>SHA-256 of the key, 32 bytes: what is stored.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>Makes a key out of fresh random bytes.</summary>
    public static ApiKey FromSecret(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretBytes);
        return new(Marker + Base32(secret) + Base32(SHA256.HashData(secret).AsSpan(0, ChecksumBytes)));
    }

    /// <summary>A key of any shape, for worlds whose keys are known beforehand.</summary>
    public static ApiKey Known(string text) => new(text);

    /// <summary>Never the key: what is written into a log or a message is its prefix.</summary>
    public override string ToString() => Prefix + "…";

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
        {
            var at = bit / 8;
            var pair = (bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0);
            text.Append(Alphabet[(pair >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }
}
