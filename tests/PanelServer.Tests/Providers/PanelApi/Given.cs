using System.Text;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Tests.Providers.PanelApi;

/// <summary>Answers as a reader gets them.</summary>
internal static class Given
{
    public const string Key = "s3cr3t/key+0123456789";

    public static JsonAnswer Answer(string body, int status = 200) => Answer(Encoding.UTF8.GetBytes(body), status);

    public static JsonAnswer Answer(byte[] body, int status = 200) => new(status, body, new KeyMask(Key));
}
