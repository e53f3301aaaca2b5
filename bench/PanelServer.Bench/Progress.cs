using System.Diagnostics;

namespace PanelServer.Bench;

/// <summary>How far something long has come, on the error stream: a bar for a person, a line now and then for a log.</summary>
internal sealed class Progress : IDisposable
{
    private const int Width = 40;
    private static readonly TimeSpan LinePause = TimeSpan.FromSeconds(30);
    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private long _saidAt = Stopwatch.GetTimestamp();

    public Progress(string what) => Console.Error.WriteLine(what);

    public void Report(long done, long whole)
    {
        double share = Math.Min(1, (double)done / whole);
        if (_isWatched)
        {
            int filled = (int)(share * Width);
            Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {(int)(share * 100),3} %");
        }
        else if (Stopwatch.GetElapsedTime(_saidAt) >= LinePause)
        {
            Console.Error.WriteLine($"{done} of {whole}");
            _saidAt = Stopwatch.GetTimestamp();
        }
    }

    public void Dispose()
    {
        if (_isWatched)
        {
            Console.Error.Write($"\r{new string(' ', Width + 10)}\r");
        }
    }
}
