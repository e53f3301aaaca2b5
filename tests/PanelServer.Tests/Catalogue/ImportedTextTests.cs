using System.Text;
using PanelServer.Catalogue;
using PanelServer.Texts;

namespace PanelServer.Tests.Catalogue;

/// <summary>A list of services in the encodings that spreadsheets write: read as it is meant, or refused by its row.</summary>
public sealed class ImportedTextTests : IDisposable
{
    private const string Head = "name,type,category,rate,min,max\r\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("import-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("windows-1252", "Señales é €")]
    [InlineData("windows-1254", "Beğeni İstanbul ış")]
    [InlineData("windows-1251", "Подписчики")]
    [InlineData("Windows-1250", "Łódź")]
    [InlineData("windows-1256", "متابعين")]
    [InlineData("windows-1258", "Hà")]
    [InlineData("utf-16", "Подписчики ş é")]
    [InlineData("UTF-16BE", "Подписчики ş é")]
    [InlineData("utf-8", "Подписчики ş é")]
    public void It_is_read_in_the_encoding_that_is_named(string encoding, string name)
    {
        var bytes = EncodingOf(encoding).GetBytes(Head + $"{name},Default,c,0.90,50,1000\r\n");
        Assert.Equal([name], Names("list.csv", bytes, encoding));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16be")]
    public void A_mark_at_its_begin_says_what_it_is(string encoding)
    {
        var text = EncodingOf(encoding);
        byte[] csv = [.. text.GetBytes("\uFEFF"), .. text.GetBytes(Head + "Beğeni,Default,c,0.90,50,1000\r\n")];
        Assert.Equal(["Beğeni"], Names("list.csv", csv, "utf-8"));
        Assert.Equal(["Beğeni"], Names("list.csv", csv, "windows-1254"));
        byte[] json = [.. text.GetBytes("\uFEFF"), .. text.GetBytes("""[{"name":"Beğeni","type":"Default","rate":"1","min":1,"max":2}]""")];
        Assert.Equal(["Beğeni"], Names("list.json", json, "utf-8"));
    }

    [Theory]
    [InlineData("UTF-16LE", "utf-16", "ü")]
    [InlineData("utf8", "utf-8", "ü")]
    [InlineData("cp1251", "windows-1251", "я")]
    [InlineData("Latin1", "windows-1252", "é")]
    [InlineData("iso-8859-9", "windows-1254", "ş")]
    public void An_encoding_is_known_by_its_other_names(string other, string encoding, string name) =>
        Assert.Equal([name], Names("list.csv", EncodingOf(encoding).GetBytes(Head + name + ",Default,c,0.90,50,1000\r\n"), other));

    [Fact]
    public void What_is_not_utf_8_is_refused_by_its_row()
    {
        string[] rows = ["plain,Default,c,1,1,2", "\"a\r\nquoted \"\"line\"\" end\",Default,c,1,1,2", "", "Señales,Default,c,1,1,2", "é,Default,c,1,1,2"];
        var latin = Encoding.Latin1.GetBytes(Head + string.Join("\r\n", rows));
        Assert.Contains("is not utf-8 in row 3; nothing was imported. Say what it is by --encoding", Refusal("list.csv", latin, "utf-8"), StringComparison.Ordinal);
        Assert.Contains("in its first line", Refusal("list.csv", Encoding.Latin1.GetBytes("nombre é," + Head), "utf-8"), StringComparison.Ordinal);
        Assert.Contains("is not utf-8", Refusal("list.json", Encoding.Latin1.GetBytes("[{\"name\":\"é\"}]"), "utf-8"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latin-9")]
    [InlineData("")]
    [InlineData("windows-1")]
    public void An_encoding_that_is_not_there_is_refused_with_those_that_are(string encoding)
    {
        var refusal = Refusal("list.csv", Encoding.ASCII.GetBytes(Head), encoding);
        foreach (var name in ImportedText.Names)
        {
            Assert.Contains(name, refusal, StringComparison.Ordinal);
        }
    }

    private string[] Names(string file, byte[] bytes, string encoding) =>
        ServiceListFile.Read(Written(file, bytes), encoding).Try(out var list, out var refusal)
            ? [.. list.Select(item => item.Draft.Name!)]
            : throw new InvalidOperationException(CommandLineTexts.Of(refusal));

    private string Refusal(string file, byte[] bytes, string encoding)
    {
        Assert.False(ServiceListFile.Read(Written(file, bytes), encoding).Try(out _, out var refusal));
        return CommandLineTexts.Of(refusal);
    }

    private string Written(string file, byte[] bytes)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static Encoding EncodingOf(string name) => name.ToLowerInvariant() switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-16" => new UnicodeEncoding(false, false),
        "utf-16be" => new UnicodeEncoding(true, false),
        var page => CodePagesEncodingProvider.Instance.GetEncoding(page)!,
    };
}
