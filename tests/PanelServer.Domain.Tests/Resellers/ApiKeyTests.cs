using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Resellers;

namespace PanelServer.Domain.Tests.Resellers;

public sealed class ApiKeyTests
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SecretLength = 52;

    private static readonly Gen<byte[]> Secrets =
        Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(ApiKey.SecretBytes);

    [Fact]
    public void A_key_is_the_marker_the_secret_and_a_checksum() => Properties.Hold(
        Secrets,
        secret =>
        {
            var text = ApiKey.FromSecret(secret).Text;
            Assert.Matches("^pk_live_[0-9a-hjkmnp-tv-z]{52}[0-9a-hjkmnp-tv-z]{7}$", text);
            Assert.Equal(SHA256.HashData(secret)[..4], Bytes(Checksum(text), 4));
        });

    [Fact]
    public void All_two_hundred_and_fifty_six_bits_are_in_the_key() => Properties.Hold(
        Secrets,
        secret => Bytes(ApiKey.FromSecret(secret).Text.Substring(ApiKey.Marker.Length, SecretLength), 32)
            .SequenceEqual(secret));

    [Fact]
    public void One_changed_bit_changes_the_secret_and_the_checksum()
    {
        var secret = Enumerable.Range(0, ApiKey.SecretBytes).Select(number => (byte)number).ToArray();
        var checksum = Checksum(ApiKey.FromSecret(secret).Text);
        var others = new HashSet<string> { ApiKey.FromSecret(secret).Text };
        for (var bit = 0; bit < 256; bit++)
        {
            var changed = (byte[])secret.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var text = ApiKey.FromSecret(changed).Text;
            Assert.True(others.Add(text));
            Assert.NotEqual(checksum, Checksum(text));
        }
    }

    [Fact]
    public void The_prefix_is_the_marker_and_the_eight_letters_behind_it()
    {
        var key = ApiKey.FromSecret(new byte[ApiKey.SecretBytes]);
        Assert.Equal("pk_live_00000000", key.Prefix);
        Assert.StartsWith(key.Prefix, key.Text, StringComparison.Ordinal);
        Assert.Equal("short", ApiKey.Known("short").Prefix);
    }

    [Fact]
    public void A_key_never_prints_itself() => Properties.Hold(
        Secrets,
        secret =>
        {
            var key = ApiKey.FromSecret(secret);
            Assert.Equal(key.Prefix + "…", $"{key}");
        });

    [Fact]
    public void The_hash_is_of_the_whole_text() => Properties.Hold(
        Secrets,
        secret =>
        {
            var key = ApiKey.FromSecret(secret);
            Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(key.Text)), key.Hash);
            Assert.Equal(ApiKey.Known(key.Text).Hash, key.Hash);
        });

    [Fact]
    public void An_issued_key_fits_through_the_gate() => Assert.InRange(
        Encoding.UTF8.GetByteCount(ApiKey.FromSecret(new byte[ApiKey.SecretBytes]).Text), 1, ApiKey.MaxBytes);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_secret_of_another_length_is_a_mistake_of_the_caller(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiKey.FromSecret(new byte[length]));

    private static string Checksum(string text) => text[(ApiKey.Marker.Length + SecretLength)..];

    private static byte[] Bytes(string letters, int count)
    {
        var bytes = new byte[count];
        for (var bit = 0; bit < count * 8; bit++)
        {
            var isSet = (Alphabet.IndexOf(letters[bit / 5], StringComparison.Ordinal) >> (4 - (bit % 5))) & 1;
            bytes[bit / 8] |= (byte)(isSet << (7 - (bit % 8)));
        }

        return bytes;
    }
}
