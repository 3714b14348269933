-- Rows that were found by their ids, to be read a page at a time.
CREATE TYPE dbo.row_ids AS TABLE (
    id BIGINT NOT NULL
);
GO
