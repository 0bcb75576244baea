-- The catalog of a cluster: who is in it, what it holds and where.

CREATE TABLE cluster (
    is_only    boolean     NOT NULL DEFAULT true CHECK (is_only),
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (is_only)
);
COMMENT ON TABLE cluster IS 'One row: which cluster this catalog is of.';

CREATE TABLE store (
    number      smallint    NOT NULL GENERATED ALWAYS AS IDENTITY,
    name        text        NOT NULL UNIQUE,
    zone        text        NOT NULL,
    host        text        NOT NULL,
    volume      text        NOT NULL UNIQUE,
    url         text,
    epoch       bigint      NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    roles       text[]      NOT NULL DEFAULT '{active,read,write}'
                CHECK (roles <@ '{active,online,read,write}'),
    free_bytes  bigint      NOT NULL CHECK (free_bytes >= 0),
    total_bytes bigint      NOT NULL CHECK (total_bytes >= 0),
    problem     text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    seen_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (number)
);
COMMENT ON TABLE store IS 'The nodes that own one volume each. A number is never given twice.';
COMMENT ON COLUMN store.volume IS 'The uuid in the label of its volume.';
COMMENT ON COLUMN store.epoch IS 'Counts its starts; its label does too, so a stale copy of a volume is known.';
COMMENT ON COLUMN store.problem IS 'Why it should not be used, as it said itself; NULL = it is well.';

CREATE TABLE prism (
    number     smallint    NOT NULL GENERATED ALWAYS AS IDENTITY,
    name       text        NOT NULL UNIQUE,
    zone       text        NOT NULL,
    host       text        NOT NULL,
    url        text,
    roles      text[]      NOT NULL DEFAULT '{active,read,write}'
               CHECK (roles <@ '{active,online,read,write}'),
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (number)
);
COMMENT ON TABLE prism IS 'The nodes that clients talk to.';

-- The columns of fixed width come first: no byte is lost to alignment.
CREATE TABLE content (
    size       bigint      NOT NULL CHECK (size >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    generation integer     NOT NULL CHECK (generation > 0),
    algorithm  smallint    NOT NULL CHECK (algorithm BETWEEN 1 AND 6),
    want       smallint    NOT NULL CHECK (want > 0),
    state      smallint    NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 2),
    hash       bytea       NOT NULL CHECK (octet_length(hash) IN (16, 20, 28, 32, 48, 64)),
    stores     smallint[]  NOT NULL,
    extension  text        NOT NULL,
    media_type text        NOT NULL,
    PRIMARY KEY (hash)
) WITH (fillfactor = 90);
COMMENT ON TABLE content IS 'What the cluster holds: one row per file, with the stores that hold it.';
COMMENT ON COLUMN content.generation IS 'How many times the hash was deleted and put again, from 1.';
COMMENT ON COLUMN content.algorithm IS '1 md5, 2 sha1, 3 sha224, 4 sha256, 5 sha384, 6 sha512.';
COMMENT ON COLUMN content.want IS 'How many replicas there should be.';
COMMENT ON COLUMN content.state IS '1 live, 2 damaged: its last replica is bad.';
COMMENT ON COLUMN content.stores IS 'The numbers of the stores with a good replica, ascending.';

CREATE INDEX content_by_store ON content USING gin (stores);
CREATE INDEX content_lacking_replicas ON content (hash) WHERE cardinality(stores) < want;

CREATE TABLE tombstone (
    hash       bytea       NOT NULL,
    generation integer     NOT NULL CHECK (generation > 0),
    deleted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (hash)
);
COMMENT ON TABLE tombstone IS 'What was deleted and must not come back with an old disk.';

-- VOLATILE, so that it sees what was committed while the calling statement waited for a lock.
CREATE FUNCTION refuse_deleted(asked_hash bytea, asked_generation integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    PERFORM FROM tombstone WHERE hash = asked_hash AND generation >= asked_generation;
    IF FOUND THEN
        RAISE EXCEPTION 'content was deleted' USING ERRCODE = 'SFS01';
    END IF;
    RETURN false;
END
$function$;
COMMENT ON FUNCTION refuse_deleted IS 'Fails with SFS01 when this generation of a hash was deleted.';

CREATE TABLE audit (
    number  bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text        NOT NULL,
    action  text        NOT NULL,
    subject text        NOT NULL,
    reason  text        NOT NULL,
    PRIMARY KEY (number)
);
COMMENT ON TABLE audit IS 'Who did what to what, and why. Rows are only added.';
