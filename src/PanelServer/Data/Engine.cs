// The database engine is chosen here and nowhere else: everything outside Data/Engines knows these names only
// (docs/decisions/0025).
#pragma warning disable IDE0005 // Linked into projects that use only some of them.
global using PanelDatabase = PanelServer.Data.Engines.Sqlite.PanelDatabase;
global using ReadSession = PanelServer.Data.Engines.Sqlite.ReadSession;
global using UnitOfWork = PanelServer.Data.Engines.Sqlite.UnitOfWork;
