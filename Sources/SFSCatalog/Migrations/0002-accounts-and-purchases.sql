-- Who may use the cluster, what was sold, and what it carried.

CREATE TABLE account (
    number              integer     NOT NULL GENERATED ALWAYS AS IDENTITY,
    name                text        NOT NULL UNIQUE,
    password            text        NOT NULL,
    roles               text[]      NOT NULL CHECK (roles <@ '{create,read,update,delete}'),
    is_enabled          boolean     NOT NULL DEFAULT true,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    password_changed_at timestamptz NOT NULL DEFAULT now(),
    last_login_at       timestamptz,
    logins              bigint      NOT NULL DEFAULT 0 CHECK (logins >= 0),
    last_failure_at     timestamptz,
    failures            bigint      NOT NULL DEFAULT 0 CHECK (failures >= 0),
    PRIMARY KEY (number)
);
COMMENT ON TABLE account IS 'Who may use the API.';
COMMENT ON COLUMN account.password IS 'As crypt(5) writes it, never the password.';

CREATE TABLE session (
    number       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    token_hash   bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    account      integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    is_permanent boolean     NOT NULL,
    expires_at   timestamptz CHECK ((expires_at IS NULL) = is_permanent),
    address      text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (number)
);
COMMENT ON TABLE session IS 'Logins that are open.';
COMMENT ON COLUMN session.token_hash IS 'The SHA-256 of its token; the token is kept nowhere.';

CREATE INDEX session_by_account ON session (account);

-- A partition is made by the first purchase of its day and dropped as a whole: nothing is deleted.
CREATE TABLE purchase (
    day                integer     NOT NULL CHECK (day >= 0),
    token              text        NOT NULL COLLATE "C",
    hash               bytea       NOT NULL,
    created_at         timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    life_seconds       bigint      NOT NULL CHECK (life_seconds >= 0),
    after_life_seconds bigint      NOT NULL CHECK (after_life_seconds >= 0),
    hits               bigint      NOT NULL DEFAULT 0 CHECK (hits >= 0),
    bytes              bigint      NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    extension          text        NOT NULL,
    name               text        NOT NULL,
    referrers          text[]      NOT NULL,
    networks           text[]      NOT NULL,
    account            text        NOT NULL,
    PRIMARY KEY (day, token)
) PARTITION BY LIST (day);
COMMENT ON TABLE purchase IS 'The right to read one content for a time; one partition a day.';
COMMENT ON COLUMN purchase.day IS 'The day that its token names, counted from 1970.';
COMMENT ON COLUMN purchase.account IS 'The name of who bought it, '''' when it was none.';

CREATE INDEX purchase_by_hash ON purchase (hash);
CREATE INDEX purchase_by_account ON purchase (account);

-- Attached, not created in place, so that nobody who reads or buys has to wait for it.
CREATE FUNCTION make_purchase_partition(asked_day integer) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
    partition text := 'purchase_' || asked_day;
BEGIN
    -- One maker at a time; those after it find it there.
    LOCK TABLE ONLY purchase IN SHARE UPDATE EXCLUSIVE MODE;
    IF to_regclass(partition) IS NULL THEN
        EXECUTE format(
            'CREATE TABLE %I (LIKE purchase INCLUDING ALL) WITH (fillfactor = 90)', partition);
        EXECUTE format(
            'COMMENT ON TABLE %I IS %L', partition, 'Purchases of the day ' || asked_day || '.');
        EXECUTE format(
            'ALTER TABLE purchase ATTACH PARTITION %I FOR VALUES IN (%s)', partition, asked_day);
    END IF;
END
$function$;
COMMENT ON FUNCTION make_purchase_partition IS 'Makes the partition of a day unless it is there.';

CREATE FUNCTION drop_purchase_partition(asked_day integer) RETURNS boolean
LANGUAGE plpgsql AS $function$
DECLARE
    partition text := 'purchase_' || asked_day;
BEGIN
    LOCK TABLE ONLY purchase IN ACCESS EXCLUSIVE MODE;
    IF to_regclass(partition) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE %I', partition);
    RETURN true;
END
$function$;
COMMENT ON FUNCTION drop_purchase_partition IS 'Drops the partition of a day; false = it was gone.';

CREATE TABLE revocation (
    number     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind       text        NOT NULL CHECK (kind IN ('token', 'hash', 'account', 'all')),
    subject    text        NOT NULL,
    revoked_at timestamptz NOT NULL,
    until_at   timestamptz NOT NULL,
    PRIMARY KEY (number)
);
COMMENT ON TABLE revocation IS 'Purchases that ended early, for stores that hold grants of them.';
COMMENT ON COLUMN revocation.revoked_at IS 'What was bought up to then is meant.';
COMMENT ON COLUMN revocation.until_at IS 'When the last of them would have ended by itself.';

CREATE INDEX revocation_by_moment ON revocation (revoked_at);

CREATE TABLE traffic (
    hash  bytea       NOT NULL,
    hour  timestamptz NOT NULL,
    hits  bigint      NOT NULL CHECK (hits >= 0),
    bytes bigint      NOT NULL CHECK (bytes >= 0),
    store smallint    NOT NULL,
    PRIMARY KEY (hash, store, hour)
) WITH (fillfactor = 90);
COMMENT ON TABLE traffic IS 'What went out of a content, by store and hour.';

CREATE INDEX traffic_by_hour ON traffic USING brin (hour);

CREATE TABLE slot (
    hash       bytea       NOT NULL,
    viewer     bytea       NOT NULL CHECK (octet_length(viewer) BETWEEN 1 AND 64),
    expires_at timestamptz NOT NULL,
    hits       bigint      NOT NULL CHECK (hits >= 0),
    bytes      bigint      NOT NULL CHECK (bytes >= 0),
    store      smallint    NOT NULL,
    PRIMARY KEY (hash, viewer, store)
) WITH (fillfactor = 90);
COMMENT ON TABLE slot IS 'What one viewer had of a content from each store, for a few hours.';
COMMENT ON COLUMN slot.viewer IS 'A digest that tells viewers apart and names nobody.';

CREATE INDEX slot_by_end ON slot USING brin (expires_at);

CREATE TABLE removal (
    hash       bytea       NOT NULL,
    store      smallint    NOT NULL,
    removed_at timestamptz NOT NULL,
    PRIMARY KEY (hash, store)
);
COMMENT ON TABLE removal IS 'Replicas that stopped to count lately: who saw them before must look again.';

CREATE INDEX removal_by_moment ON removal USING brin (removed_at);

-- VOLATILE, so that it sees what was committed while the calling statement waited for a lock.
CREATE FUNCTION refuse_removed(asked_hash bytea, asked_stores smallint[], since timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    PERFORM FROM removal
      WHERE hash = asked_hash AND store = ANY (asked_stores) AND removed_at >= since;
    IF FOUND THEN
        RAISE EXCEPTION 'a replica was removed' USING ERRCODE = 'SFS02';
    END IF;
    RETURN false;
END
$function$;
COMMENT ON FUNCTION refuse_removed IS 'Fails with SFS02 when one of these replicas was removed since.';

ALTER TABLE store
    ADD COLUMN address    text,
    ADD COLUMN address6   text,
    ADD COLUMN http_port  integer CHECK (http_port BETWEEN 1 AND 65535),
    ADD COLUMN https_port integer CHECK (https_port BETWEEN 1 AND 65535);
COMMENT ON COLUMN store.address IS 'With address6 and the ports: how clients reach it.';
