using System.Text.RegularExpressions;
using FsCheck.Fluent;

namespace PanelServer.Domain.Tests;

public sealed class WireTextTests
{
    private static readonly string Emoji = char.ConvertFromUtf32(0x1F600);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData(" 5 ", 5)]
    [InlineData("010", 10)]
    [InlineData("2147483648", 2_147_483_648)]
    [InlineData("999999999999999999", 999_999_999_999_999_999)]
    [InlineData("000000000000000001", 1)]
    [InlineData("100.0", 100)]
    [InlineData(" 100.000 ", 100)]
    [InlineData("0.0", 0)]
    [InlineData("999999999999999999.0000000000000000000000", 999_999_999_999_999_999)]
    public void One_to_eighteen_digits_are_an_integer(string text, long expected)
    {
        Assert.True(WireText.TryInteger(text, out var number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1.")]
    [InlineData(".0")]
    [InlineData(".")]
    [InlineData("1.5")]
    [InlineData("1.01")]
    [InlineData("1.0.0")]
    [InlineData("1 .0")]
    [InlineData("1. 0")]
    [InlineData("-1.0")]
    [InlineData("1,0")]
    [InlineData("1.٠")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("0000000000000000001")]
    [InlineData("0000000000000000001.0")]
    public void Everything_else_is_malformed(string? text) => Assert.False(WireText.TryInteger(text, out _));

    [Fact]
    public void No_malformed_number_is_an_integer() =>
        Assert.All(Cases.NotNumbers, text => Assert.False(WireText.TryInteger(text, out _), text));

    [Fact]
    public void An_integer_is_what_the_contract_says_after_trimming() => Properties.Hold(
        Cases.TextsOf("0", "1", "9", "12345678", " ", "\t", "\n", "+", "-", ".", "e", "１", "٣", "\0"),
        text =>
        {
            Assert.Equal(Regex.IsMatch(text.Trim(), @"^[0-9]{1,18}(\.0+)?\z"), WireText.TryInteger(text, out var number));
            Assert.True(number >= 0);
        });

    [Theory]
    [InlineData("0", true)]
    [InlineData("999999999999999999", true)]
    [InlineData("", false)]
    [InlineData(" 1", false)]
    [InlineData("1.0", false)]
    [InlineData("1234567890123456789", false)]
    public void Digits_are_digits_alone(string text, bool are) => Assert.Equal(are, WireText.TryDigits(text, out _));

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("null", true)]
    [InlineData("NULL", true)]
    [InlineData("undefined", true)]
    [InlineData("Undefined", true)]
    [InlineData("NaN", true)]
    [InlineData("nan", true)]
    [InlineData("0", false)]
    [InlineData("none", false)]
    [InlineData("nil", false)]
    [InlineData("false", false)]
    [InlineData("nullable", false)]
    [InlineData("undefine", false)]
    public void Some_words_mean_that_there_is_no_number(string? text, bool isAbsent) =>
        Assert.Equal(isAbsent, WireText.IsAbsent(text));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("007", 7)]
    [InlineData("23501.0", 23501)]
    [InlineData(" 23501 ", 23501)]
    [InlineData("2147483647", int.MaxValue)]
    public void An_id_fits_in_thirty_two_bits(string text, int expected)
    {
        Assert.True(WireText.TryId(text, out var id));
        Assert.Equal(expected, id);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2147483648")]
    [InlineData("4294967296")]
    [InlineData("999999999999999999")]
    [InlineData("abc")]
    [InlineData("")]
    public void Other_numbers_are_unknown_ids(string text)
    {
        Assert.False(WireText.TryId(text, out var id));
        Assert.Equal(0, id);
    }

    [Fact]
    public void The_length_of_a_line_counts_characters_not_their_halves()
    {
        Assert.True(WireText.IsLine(string.Concat(Enumerable.Repeat(Emoji, 2_000)), 2_000));
        Assert.False(WireText.IsLine(string.Concat(Enumerable.Repeat(Emoji, 2_000)) + "a", 2_000));
        Assert.True(WireText.IsLine(new string('a', 2_000), 2_000));
        Assert.False(WireText.IsLine(new string('a', 2_001), 2_000));
        Assert.False(WireText.IsLine(new string('a', 65_536), 2_000));
        Assert.False(WireText.IsLine("", 2_000));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\tb")]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\u001bb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    public void A_line_holds_no_control_characters(string text) => Assert.False(WireText.IsLine(text, 100));

    // Half characters cannot stand in an attribute.
    [Fact]
    public void A_line_holds_no_half_characters() => Assert.All(
        ["a\ud800", "\udc00a", "\ud800", "a\udc00\ud800b", "\ud83d\ud83d\ude00"],
        text => Assert.False(WireText.IsLine(text, 100)));

    [Theory]
    [InlineData("İı")]
    [InlineData("😀")]
    [InlineData("' OR '1'='1")]
    [InlineData("<img src=x onerror=__pwn()>")]
    [InlineData("=HYPERLINK(..)")]
    [InlineData("${jndi:ldap://x}")]
    public void Any_other_text_is_a_line(string text) => Assert.True(WireText.IsLine(text, 100));

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one\r\ntwo\nthree\rfour", "one|two|three|four")]
    [InlineData("\r\n\n\r one \n\n\n\t two\t\r\n ", "one|two")]
    [InlineData("same\nsame", "same|same")]
    [InlineData("one,two", "one,two")]
    public void A_list_is_split_at_any_line_end_trimmed_and_without_blanks(string text, string lines) =>
        Assert.Equal(lines, string.Join('|', WireText.Lines(text) ?? []));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t\n ")]
    [InlineData("one\ntw\0o")]
    public void A_list_without_lines_or_with_a_bad_one_is_none(string? text) => Assert.Null(WireText.Lines(text));

    [Fact]
    public void A_list_has_at_most_ten_thousand_lines_of_two_thousand_characters()
    {
        var emojis = string.Concat(Enumerable.Repeat(Emoji, 2_000));
        Assert.Equal(10_000, WireText.Lines(string.Concat(Enumerable.Repeat("a\n\n", 10_000)))!.Count);
        Assert.Null(WireText.Lines(string.Concat(Enumerable.Repeat("a\n", 10_001))));
        Assert.Equal(["ok", emojis], WireText.Lines($"ok\n  {emojis}  \n"));
        Assert.Null(WireText.Lines($"ok\n{emojis}a"));
        Assert.Null(WireText.Lines("ok\n\ud83d"));
    }

    [Theory]
    [InlineData(@"great\nnice\nwow", "great|nice|wow")]
    [InlineData(@"great\r\nnice\r\nwow", "great|nice|wow")]
    [InlineData(@" great \n\n \r\n nice\n", "great|nice")]
    [InlineData(@"great\nnice" + "\n", "great|nice")]
    [InlineData(@"great\rnice", @"great\rnice")]
    [InlineData(@"great\r", @"great\r")]
    [InlineData("great/nnice", "great/nnice")]
    public void Line_ends_that_are_written_out_count_where_no_line_breaks(string text, string lines) =>
        Assert.Equal(lines, string.Join('|', WireText.Lines(text)!));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Where_a_line_breaks_a_backslash_is_a_backslash(string end) =>
        Assert.Equal([@"C:\new", @"it\nis"], WireText.Lines($@"C:\new{end}it\nis")!);

    [Fact]
    public void Lines_that_are_written_out_have_the_same_bounds()
    {
        Assert.Equal(10_000, WireText.Lines(string.Join(@"\n", Enumerable.Repeat("a", 10_000)))!.Count);
        Assert.Null(WireText.Lines(string.Join(@"\n", Enumerable.Repeat("a", 10_001))));
        Assert.Null(WireText.Lines(@"ok\n" + new string('a', 2_001)));
        Assert.Null(WireText.Lines(@" \n \r\n "));
        Assert.Equal([new string('a', 2_000), "b"], WireText.Lines(new string('a', 2_000) + @"\nb")!);
    }

    [Fact]
    public void A_list_is_what_the_contract_says_for_any_text() => Properties.Hold(
        Cases.TextsOf("a", "é", Emoji, " ", "\t", "\r", "\n", "\r\n"),
        text =>
        {
            var lines = Regex.Split(text, "\r\n|\n|\r").Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            Assert.Equal(lines.Exists(line => line.Contains('\t', StringComparison.Ordinal)) ? [] : lines, WireText.Lines(text) ?? []);
        });
}
