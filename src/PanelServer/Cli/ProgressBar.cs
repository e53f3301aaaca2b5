namespace PanelServer.Cli;

/// <summary>A bar on the error stream while something long runs, only where a person watches.</summary>
internal sealed class ProgressBar : IProgress<double>, IDisposable
{
    private const int Width = 40;

    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private int _shown = -1;

    public void Report(double value)
    {
        var percent = (int)(value * 100);
        if (!_isWatched || percent == _shown)
        {
            return;
        }

        _shown = percent;
        var filled = percent * Width / 100;
        Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %");
    }

    public void Dispose()
    {
        if (_shown >= 0)
        {
            Console.Error.Write($"\r{new string(' ', Width + 10)}\r");
        }
    }
}
