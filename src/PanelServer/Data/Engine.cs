// The database engine is chosen here and nowhere else: everything outside Data/Engines knows these names only
// (docs/decisions/0026).
#pragma warning disable IDE0005 // Linked into projects that use only some of them.
global using BooksReader = PanelServer.Data.Engines.Sqlite.Books.BooksReader;
global using DailyTotals = PanelServer.Data.Engines.Sqlite.DailyTotals;
global using LogCheckpoints = PanelServer.Data.Engines.Sqlite.LogCheckpoints;
global using OrderHistoryReader = PanelServer.Data.Engines.Sqlite.Books.OrderHistoryReader;
global using PanelDatabase = PanelServer.Data.Engines.Sqlite.PanelDatabase;
global using ReadSession = PanelServer.Data.Engines.Sqlite.ReadSession;
global using UnitOfWork = PanelServer.Data.Engines.Sqlite.UnitOfWork;
