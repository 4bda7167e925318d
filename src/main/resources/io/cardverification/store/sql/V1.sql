-- Both engines take this text. Times are milliseconds since 1970, days are of China Standard Time, such as 2026-01-31.

-- The processes that write to the store, with the last transaction of each. A retired one has ended, and left no call.
create table process (
    id bigint primary key,
    batch bigint not null,
    seen_at bigint not null,
    retired_at bigint
);

-- The settings of which all processes must have the same values. Secrets are keyed hashes.
create table setting (
    name text primary key,
    value text not null
);

-- Calls whose request may have left. Without an end, a call of a dead process has an unknown charge.
create table call (
    process bigint not null,
    number bigint not null,
    scope text not null,
    question bytea not null,
    values_hash bytea not null,
    last_four text,
    caller text not null,
    day text not null,
    attempts bigint not null,
    departed_at bigint not null,
    ended_at bigint,
    completion text,
    primary key (process, number)
);

create unique index call_departing on call (scope, question) where ended_at is null;

create index call_ended on call (ended_at) where ended_at is not null;

-- Idempotency keys. Without a completion, the key belongs to its call.
create table idempotency_key (
    key_hash bytea primary key,
    values_hash bytea not null,
    caller text not null,
    process bigint not null,
    number bigint not null,
    completion text,
    unknown bigint,
    completed_at bigint,
    expires_at bigint
);

create index idempotency_key_call on idempotency_key (process, number) where completion is null;

create index idempotency_key_expiring on idempotency_key (expires_at) where expires_at is not null;

-- Answers that were kept.
create table answer (
    scope text not null,
    question bytea not null,
    completion text not null,
    completed_at bigint not null,
    expires_at bigint not null,
    primary key (scope, question)
);

create index answer_expiring on answer (expires_at);

-- Charges, also the possible ones.
create table spend (
    day text not null,
    caller text not null,
    charges bigint not null,
    primary key (day, caller)
);

-- One row for the end of each request. Rows are only added.
create table ledger (
    process bigint not null,
    number bigint not null,
    at bigint not null,
    day text not null,
    caller text not null,
    fingerprint text not null,
    last_four text,
    result text,
    error text,
    upstream_code text,
    request_id text,
    charge text not null,
    attempts bigint not null,
    unknown_attempts bigint not null,
    waited_millis bigint not null,
    shared bigint not null,
    reused bigint not null,
    caller_disconnected bigint not null,
    initiator text,
    primary key (process, number)
);

create index ledger_day on ledger (day, caller);

-- Which gateway may send how many requests: one row, as JSON text.
create table permit_lease (
    id bigint primary key,
    state text not null
);
