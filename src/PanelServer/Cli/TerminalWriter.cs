using System.Text;
using PanelServer.Domain;

namespace PanelServer.Cli;

/// <summary>
/// What a terminal gets: everything that the command line prints goes through here, line by line, so that nothing stored
/// or said by strangers can move its cursor, turn its text or hide in it (<see cref="HiddenCharacters"/>).
/// </summary>
internal sealed class TerminalWriter(TextWriter output) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        _line.Append(value);
        if (value == '\n')
        {
            Pass();
        }
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        _line.Append(buffer);
        if (buffer.Contains('\n'))
        {
            Pass();
        }
    }

    public override void Flush()
    {
        Pass();
        output.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        Pass();
        base.Dispose(disposing);
    }

    private void Pass()
    {
        output.Write(HiddenCharacters.Shown(_line.ToString()));
        _line.Clear();
    }
}
