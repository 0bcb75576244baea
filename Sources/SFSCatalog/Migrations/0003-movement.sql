-- What moves and what goes: tasks, plans, passes, rules, votes, and what was deleted.
--
-- Who locks rows of several tables takes them in this order: task (by hash and store), content (by
-- hash), plan. So nobody waits for another who waits for him.

CREATE TABLE plan (
    number      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind        text        NOT NULL
                CHECK (kind IN ('clone', 'balance', 'drain', 'remove', 'undelete', 'verify')),
    state       text        NOT NULL DEFAULT 'shown'
                CHECK (state IN ('shown', 'running', 'paused', 'done', 'cancelled', 'refused')),
    actor       text        NOT NULL,
    reason      text        NOT NULL,
    summary     text        NOT NULL,
    members     text        NOT NULL,
    bandwidth   bigint      CHECK (bandwidth > 0),
    concurrency integer     CHECK (concurrency > 0),
    want        smallint    CHECK (want > 0),
    tasks       bigint      NOT NULL DEFAULT 0 CHECK (tasks >= 0),
    bytes       bigint      NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    done        bigint      NOT NULL DEFAULT 0 CHECK (done >= 0),
    bytes_done  bigint      NOT NULL DEFAULT 0 CHECK (bytes_done >= 0),
    problem     text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    applied_at  timestamptz,
    ended_at    timestamptz,
    PRIMARY KEY (number)
);
COMMENT ON TABLE plan IS 'Named sets of tasks that are shown before they are applied.';
COMMENT ON COLUMN plan.summary IS 'JSON: what it says it will do, as it was shown.';
COMMENT ON COLUMN plan.members IS 'A digest of stores, zones and roles when it was made.';
COMMENT ON COLUMN plan.bandwidth IS 'Bytes a second for each store; NULL = as the store is set.';
COMMENT ON COLUMN plan.concurrency IS 'Its tasks that one store may do at once; NULL = as it is set.';
COMMENT ON COLUMN plan.want IS 'How many replicas its contents want once it is applied; NULL = as before.';
COMMENT ON COLUMN plan.problem IS 'Why it was refused.';

CREATE TABLE plan_step (
    hash       bytea    NOT NULL,
    plan       bigint   NOT NULL,
    size       bigint   NOT NULL CHECK (size >= 0),
    generation integer  NOT NULL CHECK (generation > 0),
    store      smallint NOT NULL,
    source     smallint,
    kind       text     NOT NULL,
    stores     smallint[] NOT NULL,
    PRIMARY KEY (hash, plan, store)
);
COMMENT ON TABLE plan_step IS 'What a plan that was shown will do; gone once it is applied.';
COMMENT ON COLUMN plan_step.stores IS 'Where the content was when the plan was made.';

CREATE INDEX plan_step_by_plan ON plan_step (plan, hash);

CREATE TABLE task (
    number     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    size       bigint      NOT NULL CHECK (size >= 0),
    bytes_done bigint      NOT NULL DEFAULT 0 CHECK (bytes_done >= 0),
    plan       bigint,
    fence      bigint      NOT NULL DEFAULT 0 CHECK (fence >= 0),
    run_after  timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    generation integer     NOT NULL CHECK (generation > 0),
    attempts   integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    priority   smallint    NOT NULL CHECK (priority BETWEEN 0 AND 9),
    store      smallint    NOT NULL,
    source     smallint,
    is_extra   boolean     NOT NULL DEFAULT false,
    hash       bytea       NOT NULL,
    kind       text        NOT NULL
               CHECK (kind IN ('clone', 'move', 'remove', 'verify', 'trash', 'restore')),
    state      text        NOT NULL DEFAULT 'waiting'
               CHECK (state IN ('waiting', 'running', 'paused', 'failed')),
    actor      text        NOT NULL,
    reason     text        NOT NULL,
    problem    text,
    PRIMARY KEY (hash, store)
) WITH (fillfactor = 70);
COMMENT ON TABLE task IS 'Movements of single replicas that are not done; those that are done go.';
COMMENT ON COLUMN task.store IS 'The store that does the work.';
COMMENT ON COLUMN task.source IS 'clone: whom to ask first; move: who gives its own up then.';
COMMENT ON COLUMN task.run_after IS 'failed: until then it rests, and nothing takes its place.';
COMMENT ON COLUMN task.fence IS 'Counts its claims: who holds an older one may not finish it.';
COMMENT ON COLUMN task.is_extra IS 'The replica is one for load, never counted for durability.';

CREATE INDEX task_by_number ON task (number);
-- Of each plan, or of none, in the order of claims: one with many tasks hides no other.
CREATE INDEX task_to_claim ON task (store, coalesce(plan, 0), priority, run_after, number)
    WHERE state IN ('waiting', 'running');
CREATE INDEX task_by_plan ON task (plan) WHERE plan IS NOT NULL;
CREATE INDEX task_running ON task (store, plan) WHERE state = 'running';
CREATE INDEX task_failed ON task (plan) WHERE state = 'failed';

CREATE TABLE extra_replica (
    hash     bytea       NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    size     bigint      NOT NULL CHECK (size >= 0),
    store    smallint    NOT NULL,
    PRIMARY KEY (hash, store)
);
COMMENT ON TABLE extra_replica IS 'Replicas of hot contents that are there for load only.';

CREATE TABLE rule (
    hash             bytea      NOT NULL,
    copy_minimum     smallint   CHECK (copy_minimum > 0),
    copy_maximum     smallint   CHECK (copy_maximum > 0),
    is_forced        boolean    NOT NULL DEFAULT false,
    is_protected     boolean    NOT NULL DEFAULT false,
    forced_stores    smallint[] NOT NULL DEFAULT '{}',
    protected_stores smallint[] NOT NULL DEFAULT '{}',
    banned_stores    smallint[] NOT NULL DEFAULT '{}',
    CHECK (copy_minimum <= copy_maximum),
    PRIMARY KEY (hash)
);
COMMENT ON TABLE rule IS 'Where a content must be, must stay, and must not be; few have any.';
COMMENT ON COLUMN rule.is_forced IS 'Every store that can shall hold it.';
COMMENT ON COLUMN rule.is_protected IS 'No store may give it up.';

CREATE INDEX rule_of_minimum ON rule (hash) WHERE copy_minimum IS NOT NULL;

CREATE TABLE pass (
    store        smallint    NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('inventory', 'verify')),
    state        text        NOT NULL DEFAULT 'waiting'
                 CHECK (state IN ('waiting', 'running', 'paused', 'done', 'failed')),
    orders       text        NOT NULL,
    position     integer     NOT NULL DEFAULT 0 CHECK (position BETWEEN 0 AND 65536),
    counters     text        NOT NULL DEFAULT '{}',
    problem      text,
    requested_at timestamptz NOT NULL DEFAULT now(),
    started_at   timestamptz,
    updated_at   timestamptz NOT NULL DEFAULT now(),
    ended_at     timestamptz,
    PRIMARY KEY (store, kind)
);
COMMENT ON TABLE pass IS 'The last run of each kind over all of a store''s volume, and how far it is.';
COMMENT ON COLUMN pass.position IS 'Prefixes of 16 bits that are behind it.';
COMMENT ON COLUMN pass.orders IS 'JSON: how it was asked for.';
COMMENT ON COLUMN pass.counters IS 'JSON: what it found so far.';

CREATE TABLE vote (
    target     text        NOT NULL,
    voter      text        NOT NULL,
    reason     text        NOT NULL,
    cast_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (target, voter)
);
COMMENT ON TABLE vote IS 'Opinions of members that another is down; without renewal they expire.';

-- VOLATILE, so that it sees what was committed while the calling statement waited for a lock.
CREATE FUNCTION has_votes(asked_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    RETURN EXISTS (SELECT FROM vote WHERE target = asked_name AND expires_at > now());
END
$function$;
COMMENT ON FUNCTION has_votes IS 'Whether somebody holds this member to be down.';

CREATE TABLE lease (
    name     text        NOT NULL,
    holder   text        NOT NULL,
    fence    bigint      NOT NULL DEFAULT 1,
    until_at timestamptz NOT NULL,
    PRIMARY KEY (name)
);
COMMENT ON TABLE lease IS 'Who leads what, until when.';

CREATE TABLE hold (
    store    smallint    NOT NULL,
    purpose  text        NOT NULL CHECK (purpose IN ('stop', 'retire')),
    until_at timestamptz NOT NULL,
    PRIMARY KEY (store)
);
COMMENT ON TABLE hold IS 'Stores of which was said that they can go, for as long as that holds.';

-- What a deleted content was, so that it can come back within the grace.
ALTER TABLE tombstone
    ADD COLUMN size       bigint,
    ADD COLUMN created_at timestamptz,
    ADD COLUMN want       smallint,
    ADD COLUMN stores     smallint[],
    ADD COLUMN extension  text,
    ADD COLUMN media_type text;

ALTER TABLE store
    ADD COLUMN is_draining boolean NOT NULL DEFAULT false,
    ADD COLUMN retired_at  timestamptz,
    ADD COLUMN version     text;
COMMENT ON COLUMN store.retired_at IS 'Since then it holds nothing and may not come back.';

CREATE OR REPLACE FUNCTION refuse_removed(
    asked_hash bytea, asked_stores smallint[], since timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    PERFORM FROM removal
      WHERE hash = asked_hash AND store = ANY (asked_stores) AND removed_at >= since;
    IF FOUND THEN
        RAISE EXCEPTION 'a replica was removed' USING ERRCODE = 'SFS02';
    END IF;
    PERFORM FROM store WHERE number = ANY (asked_stores) AND retired_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'a store was retired' USING ERRCODE = 'SFS02';
    END IF;
    RETURN false;
END
$function$;
COMMENT ON FUNCTION refuse_removed IS
    'Fails with SFS02 when one of these replicas was removed since, or its store was retired.';

ALTER TABLE prism ADD COLUMN version text;

ALTER TABLE cluster ADD COLUMN is_rebuilding boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN cluster.is_rebuilding IS 'The catalog is newer than volumes: it was lost.';

CREATE INDEX content_damaged ON content (hash) WHERE state = 2;
CREATE INDEX audit_by_moment ON audit (at);
