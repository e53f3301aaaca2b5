using System.Text;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>Answers as a reader gets them.</summary>
internal static class Given
{
    public const string Key = "s3cr3t/key+0123456789";

    public static JsonResponse Answer(string body, int status = 200) => Answer(Encoding.UTF8.GetBytes(body), status);

    /// <summary>An answer of a provider of which is known what it writes before decimals.</summary>
    public static JsonResponse Answer(string body, DecimalSign sign) => new(200, Encoding.UTF8.GetBytes(body), new SecretRedactor(Key), sign);

    public static JsonResponse Answer(byte[] body, int status = 200) => new(status, body, new SecretRedactor(Key));
}
