using System.Globalization;
using System.Text;

namespace PanelServer.Domain.Tests;

/// <summary>What turns or hides text, by kinds and by a property over all of Unicode.</summary>
public sealed class HiddenCharactersTests
{
    public static TheoryData<string, int, int> Kinds => new()
    {
        { "controls", 0x00, 0x1F },
        { "later controls", 0x7F, 0x9F },
        { "direction marks", 0x200E, 0x200F },
        { "embeddings and overrides", 0x202A, 0x202E },
        { "isolates", 0x2066, 0x2069 },
        { "line and paragraph separators", 0x2028, 0x2029 },
        { "zero width", 0x200B, 0x200D },
        { "word joiner and invisible operators", 0x2060, 0x2064 },
        { "deprecated formats", 0x206A, 0x206F },
        { "zero width no-break space", 0xFEFF, 0xFEFF },
        { "soft hyphen", 0xAD, 0xAD },
        { "grapheme joiner", 0x34F, 0x34F },
        { "Arabic letter mark", 0x61C, 0x61C },
        { "fillers", 0x115F, 0x1160 },
        { "more fillers", 0x3164, 0x3164 },
        { "halfwidth filler", 0xFFA0, 0xFFA0 },
        { "selectors", 0xFE00, 0xFE0F },
        { "Mongolian", 0x180B, 0x180F },
        { "annotation", 0xFFF9, 0xFFFB },
        { "shorthand", 0x1BCA0, 0x1BCA3 },
        { "musical", 0x1D173, 0x1D17A },
        { "tags", 0xE0001, 0xE007F },
        { "more selectors", 0xE0100, 0xE01EF },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_is_in_no_line(string kind, int first, int last)
    {
        for (var value = first; value <= last; value++)
        {
            var text = $"a{new Rune(value)}b";
            Assert.False(WireText.IsLine(text, 10), kind);
            Assert.False(WireText.IsLine(text, 10, Joiners.WhereTheyJoin), $"{kind}: U+{value:X4} joins nothing between two letters of ours");
            Assert.Equal(new Phrase("hidden_character", $"U+{value:X4}"), HiddenCharacters.Describe(text));
            Assert.Equal(value is '\n' or '\t', HiddenCharacters.Shown(text) == text);
        }
    }

    [Fact]
    public void What_Unicode_calls_control_or_separator_of_lines_is_in_the_table() => Assert.All(
        Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value)).Where(rune => Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
        rune => Assert.True(HiddenCharacters.Contains(rune)));

    [Theory]
    [InlineData("Followers")]
    [InlineData("İı ä ñ ß Ж λ")]
    [InlineData("متابعين")]
    [InlineData("अनुयायी")]
    [InlineData("粉丝 팔로워 フォロワー")]
    [InlineData("a\u00a0b\u3000c")]
    [InlineData("😀🇹🇷")]
    public void Letters_of_all_scripts_are_seen(string text)
    {
        Assert.True(WireText.IsLine(text, 100));
        Assert.Same(text, HiddenCharacters.Shown(text));
    }

    [Theory]
    [InlineData("❤\ufe0f likes")]
    [InlineData("1\ufe0f\u20e3 first")]
    [InlineData("©\ufe0f")]
    [InlineData("👩\u200d👩\u200d👧")]
    [InlineData("❤\ufe0f\u200d🔥")]
    [InlineData("می\u200cخواهم")]
    [InlineData("क्\u200dष")]
    public void Joiners_may_stand_where_they_join(string text)
    {
        Assert.False(WireText.IsLine(text, 100));
        Assert.True(WireText.IsLine(text, 100, Joiners.WhereTheyJoin));
        Assert.True(WireText.IsLine(text, 100, Joiners.Anywhere));
        Assert.Same(text, HiddenCharacters.Shown(text));
    }

    [Theory]
    [InlineData("\u200dalice", false)]
    [InlineData("alice\u200c", false)]
    [InlineData("a\ufe0flice", false)]
    [InlineData("👩\u200d", false)]
    [InlineData("👩\u200b👩", true)]
    [InlineData("👩\u202e👩", true)]
    [InlineData("🏴\udb40\udc67\udb40\udc7f", true)]
    public void Elsewhere_they_hide(string text, bool evenInComments)
    {
        Assert.False(WireText.IsLine(text, 100, Joiners.WhereTheyJoin));
        Assert.Equal(!evenInComments, WireText.IsLine(text, 100, Joiners.Anywhere));
    }

    [Fact]
    public void What_is_shown_is_written_out_as_JSON_writes_it()
    {
        Assert.Equal(@"a\u202eb\u001b[2J\u200b", HiddenCharacters.Shown("a\u202eb\u001b[2J\u200b"));
        Assert.Equal(@"\udb40\udc01", HiddenCharacters.Shown("\udb40\udc01"));
        Assert.Equal("one\ntwo\tthree\r\n", HiddenCharacters.Shown("one\ntwo\tthree\r\n"));
        Assert.Equal(@"fore\u000dback", HiddenCharacters.Shown("fore\rback"));
    }
}
