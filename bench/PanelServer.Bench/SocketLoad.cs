using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PanelServer.Bench;

/// <summary>
/// The bench's own generator for machines without wrk: raw sockets, keep-alive, one request in flight per connection.
/// It reads no more of an answer than its length and whether it is an error.
/// </summary>
internal sealed class SocketLoad : ILoad
{
    public string Name => "own generator (raw sockets), on the same cores";

    public async Task<LoadResult> RunAsync(LoadPlan plan)
    {
        byte[][] requests = [.. plan.Bodies.Select(body => Request(plan, body))];
        var endpoint = new IPEndPoint(IPAddress.Loopback, plan.Url.Port);
        long begin = Stopwatch.GetTimestamp();
        long end = begin + (long)(plan.Seconds * Stopwatch.Frequency);
        Connection[] connections = [.. Enumerable.Range(1, plan.Connections).Select(n => new Connection(n))];
        await Task.WhenAll(connections.Select(connection =>
            Task.Run(() => connection.RunAsync(endpoint, requests, end))));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        int[] latencies = [.. connections.SelectMany(connection => connection.Latencies)];
        Array.Sort(latencies);
        return new LoadResult(
            latencies.Length, seconds, connections.Sum(c => c.Bytes), connections.Sum(c => c.Errors),
            Percentile(latencies, 0.50), Percentile(latencies, 0.99));
    }

    private static double Percentile(int[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)] / 1e3;

    private static byte[] Request(LoadPlan plan, string body)
    {
        var text = new StringBuilder($"POST {plan.Url.PathAndQuery} HTTP/1.1\r\nHost: {plan.Url.Authority}\r\n");
        foreach ((string name, string value) in plan.Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed class Connection(int number)
    {
        private readonly Random _random = new(number);
        private byte[] _buffer = new byte[64 * 1024];

        public List<int> Latencies { get; } = new(64 * 1024);
        public long Bytes { get; private set; }
        public long Errors { get; private set; }

        public async Task RunAsync(IPEndPoint endpoint, byte[][] requests, long end)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
            };
            await socket.ConnectAsync(endpoint);
            while (Stopwatch.GetTimestamp() is var sent && sent < end)
            {
                byte[] request = requests[_random.Next(requests.Length)];
                for (int at = 0; at < request.Length;)
                {
                    at += await socket.SendAsync(request.AsMemory(at));
                }
                int length = await ReceiveAsync(socket);
                if (length == 0)
                {
                    Errors++;
                    return;
                }
                Bytes += length;
                Latencies.Add((int)Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
            }
        }

        private async Task<int> ReceiveAsync(Socket socket)
        {
            int filled = 0;
            while (true)
            {
                if (filled == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }
                int received = await socket.ReceiveAsync(_buffer.AsMemory(filled));
                if (received == 0)
                {
                    return 0;
                }
                filled += received;
                if (AnswerIsComplete(_buffer.AsSpan(0, filled), out bool error))
                {
                    Errors += error ? 1 : 0;
                    return filled;
                }
            }
        }

        private static bool AnswerIsComplete(ReadOnlySpan<byte> answer, out bool error)
        {
            error = false;
            int head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                return false;
            }
            ReadOnlySpan<byte> headers = answer[..head];
            ReadOnlySpan<byte> body = answer[(head + 4)..];
            bool notModified = headers.StartsWith("HTTP/1.1 304"u8);
            error = !(notModified || headers.StartsWith("HTTP/1.1 200"u8)) ||
                headers.IndexOf("X-Error-Code"u8) >= 0;
            int length = headers.IndexOf("Content-Length: "u8);
            if (length >= 0)
            {
                ReadOnlySpan<byte> digits = headers[(length + "Content-Length: ".Length)..];
                int stop = digits.IndexOf((byte)'\r');
                return body.Length >= int.Parse(
                    stop < 0 ? digits : digits[..stop], NumberStyles.None, CultureInfo.InvariantCulture);
            }
            return notModified || body.EndsWith("0\r\n\r\n"u8); // chunked
        }
    }
}
