-- Who did what. Added to, never changed: the app's role may insert and read, nothing else.
create table audit_entries (
  entry_id   bigint generated always as identity primary key,
  -- null: the platform's own, seen through the administrator's door only
  tenant_id  uuid references tenants,
  at         timestamptz not null,
  actor      text not null,
  address    text,
  action     text not null,
  subject    text not null,
  before     jsonb,
  after      jsonb
);

create index on audit_entries (tenant_id, entry_id desc);

alter table audit_entries enable row level security;
create policy own_tenant on audit_entries for select using (tenant_id = current_tenant());
create policy own_or_platform on audit_entries for insert
  with check (tenant_id = current_tenant() or tenant_id is null);
grant select, insert on audit_entries to artemis_app;

-- An administrator's view of the log, newest first, from below an entry on (keyset paging); of one tenant or of all.
create function door.audit_entries(below bigint, wanted_tenant uuid, how_many int) returns setof artemis.audit_entries
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select * from audit_entries
    where (below is null or entry_id < below) and (wanted_tenant is null or tenant_id = wanted_tenant)
    order by entry_id desc limit how_many
  $$;

grant execute on function door.audit_entries(bigint, uuid, int) to artemis_app;

-- First answers to POSTs. A row is written in the transaction that does the work.
create table idempotent_answers (
  -- null: an administrator's work for no team (a new price, a new team)
  tenant_id   uuid,
  -- the API key that asked; a key's id is never used twice
  caller      uuid not null,
  -- with the project that is acted for, where the key alone does not say it
  path        text not null,
  key         text not null check (length(key) between 1 and 255),
  -- SHA-256 of the body, in hex
  fingerprint text not null,
  status      int,
  -- JSON exactly as it was sent; jsonb would reorder it
  body        text,
  location    text,
  created_at  timestamptz not null default now(),
  primary key (caller, path, key)
);

create index on idempotent_answers (created_at);

alter table idempotent_answers enable row level security;
create policy own_tenant on idempotent_answers
  using (tenant_id = current_tenant() or tenant_id is null)
  with check (tenant_id = current_tenant() or tenant_id is null);
grant select, insert, update on idempotent_answers to artemis_app;

-- Sweeps what is older than a day and a half (the contract says at least 24 hours), at most so many rows at once.
create function door.forget_old_answers(how_many int) returns int
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with gone as (
      delete from idempotent_answers where (caller, path, key) in (
        select caller, path, key from idempotent_answers
        where created_at < now() - interval '36 hours' order by created_at limit how_many for update skip locked)
      returning 1)
    select count(*)::int from gone
  $$;

grant execute on function door.forget_old_answers(int) to artemis_app;
