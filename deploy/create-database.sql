-- The database and the login that the API runs with: it reads and writes rows, and may not change the schema (docs/storage.md).
-- For sqlcmd, which puts the value of the environment variable CrmPassword in place. Run again, it sets that password and changes nothing else.
:on error exit
IF DB_ID(N'crm') IS NULL
    CREATE DATABASE crm;
GO
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'crm' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE crm SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID(N'crm') IS NULL
    CREATE LOGIN crm WITH PASSWORD = N'$(CrmPassword)', DEFAULT_DATABASE = crm;
ELSE
    ALTER LOGIN crm WITH PASSWORD = N'$(CrmPassword)';
GO
USE crm;
GO
IF USER_ID(N'crm') IS NULL
    CREATE USER crm FOR LOGIN crm;
GO
GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON SCHEMA::dbo TO crm;
GO
