Console.WriteLine("panelserver");
