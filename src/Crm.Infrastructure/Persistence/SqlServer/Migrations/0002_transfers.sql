-- Which database this is, wherever it lies: what was copied from it is known by that.
CREATE TABLE dbo.database_identity (
    name NVARCHAR(32) NOT NULL,
    id   NVARCHAR(64) NOT NULL,
    CONSTRAINT pk_database_identity PRIMARY KEY CLUSTERED (name)
);
GO

INSERT INTO dbo.database_identity (name, id)
SELECT N'self', LOWER(REPLACE(CONVERT(NVARCHAR(36), NEWID()), N'-', N''));
GO

-- What is copied into this database from elsewhere. While it isn't finished, the database holds a part and serves nobody.
CREATE TABLE dbo.transfers (
    source      NVARCHAR(100) NOT NULL,
    mark        NVARCHAR(100) NOT NULL,
    started_ms  BIGINT        NOT NULL,
    finished_ms BIGINT        NULL,
    CONSTRAINT pk_transfers PRIMARY KEY CLUSTERED (source)
);
GO

-- How far it has come; moves in the transactions that bring the rows.
CREATE TABLE dbo.transfer_steps (
    step     NVARCHAR(100) NOT NULL,
    position NVARCHAR(MAX) NULL,
    copied   BIGINT        NOT NULL,
    checksum BIGINT        NOT NULL,
    done     BIT           NOT NULL,
    CONSTRAINT pk_transfer_steps PRIMARY KEY CLUSTERED (step)
);
GO
