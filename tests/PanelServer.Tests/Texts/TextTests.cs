using System.Text.RegularExpressions;
using PanelServer.Domain;
using PanelServer.Texts;

namespace PanelServer.Tests.Texts;

/// <summary>Each code has one text in each language, with the same placeholders, and the code of the program uses no other.</summary>
public sealed partial class TextTests
{
    private static readonly Dictionary<string, string> English =
        ContractTexts.Table.Concat(EnglishTexts.Table).ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Languages => ["Turkish", "Russian"];

    [Fact]
    public void Each_code_of_the_program_has_a_text_and_each_text_a_code()
    {
        var used = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("Texts.cs", StringComparison.Ordinal))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(English.Keys, code => !used.Contains(code));
        var made = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Made().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        Assert.DoesNotContain(made, code => !English.ContainsKey(code));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_language_has_each_text_with_the_same_placeholders(string language)
    {
        var table = TableOf(language);
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.All(English, text => Assert.Equal(Placeholders(text.Value), Placeholders(table[text.Key])));
        Assert.All(table.Values, text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_is_written_in_its_own_words(string language) =>
        Assert.DoesNotContain(TableOf(language), text => English[text.Key] == text.Value && text.Value != "{0}");

    [Fact]
    public void The_command_line_names_what_the_text_names()
    {
        Assert.All(CommandLineTexts.Table, text => Assert.Equal(Placeholders(EnglishTexts.Table[text.Key]), Placeholders(text.Value)));
        Assert.All(EnglishTexts.Table.Values, text => Assert.DoesNotContain("panelserver ", text, StringComparison.Ordinal));
        Assert.All(EnglishTexts.Table.Values, text => Assert.DoesNotContain("--", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_phrase_within_a_phrase_is_put_into_the_same_language()
    {
        var refusal = new Refusal("incorrect_import", 7, new Refusal("incorrect_service.draft", new List<Phrase> { new("draft.min", 0), new("draft.max", 0) }));

        Assert.Equal("row 7: min 0 is below 1; max 0 is below 1; nothing was imported", EnglishTexts.Of(refusal));
        Assert.Equal("satır 7: en az miktar 1’den küçük olamaz: 0; en çok miktar 1’den küçük olamaz: 0; hiçbir şey içe aktarılmadı", TurkishTexts.Of(refusal));
        Assert.Equal("строка 7: минимум 0 меньше 1; максимум 0 меньше 1; ничего не импортировано", RussianTexts.Of(refusal));
    }

    [Fact]
    public void What_is_absent_leaves_no_trace() =>
        Assert.Equal("a note is one line of 1 to 5 characters", CommandLineTexts.Of(new Refusal("incorrect_text.note", 5, null)));

    private static IReadOnlyDictionary<string, string> TableOf(string language) =>
        language == "Turkish" ? TurkishTexts.Table : RussianTexts.Table;

    private static string Placeholders(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"([a-z_]+(?:\\.[a-z_]+)?)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("new (?:Refusal|Phrase)\\(\\s*\"([a-z_]+(?:\\.[a-z_]+)?)\"")]
    private static partial Regex Made();
}
