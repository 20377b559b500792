-- Secrets that must be read again, so that a hash will not do: sealed with AES-256-GCM under a data key of their team, which is
-- kept wrapped by the platform's master key. The master key is never here.

create table data_keys (
  -- null: the platform's own, for what belongs to no team
  tenant_id     uuid references tenants,
  -- nonce, sealed key, tag
  wrapped       bytea not null check (length(wrapped) = 60),
  -- which master key opens it: the first half of its SHA-256, in hex
  master_key_id text not null check (master_key_id ~ '^[0-9a-f]{32}$'),
  created_at    timestamptz not null default now(),
  rewrapped_at  timestamptz,
  unique nulls not distinct (tenant_id)
);

alter table data_keys enable row level security;
create policy own_tenant on data_keys
  using (tenant_id is not distinct from current_tenant()) with check (tenant_id is not distinct from current_tenant());
grant select, insert, update on data_keys to artemis_app;

-- Door: the keys that another master key than this one opens, of all teams, for the rotation.
create function door.data_keys_to_rewrap(current_master text, how_many int) returns setof artemis.data_keys
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select * from data_keys where master_key_id <> current_master order by created_at limit how_many
  $$;

-- Door: puts a key's new wrapping in place of the one that was read; false where somebody was faster.
create function door.rewrap_data_key(whose uuid, before bytea, after bytea, new_master text) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with done as (
      update data_keys set wrapped = after, master_key_id = new_master, rewrapped_at = now()
      where tenant_id is not distinct from whose and wrapped = before returning 1)
    select exists (select from done)
  $$;

create table provider_keys (
  provider_key_id uuid primary key,
  tenant_id    uuid not null references tenants,
  provider     text not null check (provider in ('openai', 'anthropic', 'google', 'azure-openai', 'mistral',
                                                 'openai-compatible')),
  name         text not null check (length(name) between 1 and 200),
  -- null: the provider's own address
  base_url     text check (length(base_url) <= 500),
  -- nonce, sealed secret, tag
  sealed       bytea not null,
  last_four    text not null check (length(last_four) = 4),
  created_at   timestamptz not null,
  created_by   text not null,
  -- the last answer of the provider; null: never asked
  status       text check (status in ('accepted', 'rejected', 'no-quota', 'unreachable')),
  detail       text,
  checked_at   timestamptz,
  -- when the schedule asks next
  check_at     timestamptz not null,
  check ((status is null) = (checked_at is null))
);

create index on provider_keys (tenant_id);
create index on provider_keys (check_at);

alter table provider_keys enable row level security;
create policy own_tenant on provider_keys using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on provider_keys to artemis_app;

-- Door: takes keys that are due, and sets them as far ahead, so that two instances do not ask about the same one.
create function door.take_provider_keys_to_check(next_check interval, how_many int)
  returns table (tenant_id uuid, provider_key_id uuid)
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update provider_keys k set check_at = now() + next_check
    where k.provider_key_id in (
      select d.provider_key_id from provider_keys d join tenants t using (tenant_id)
      where d.check_at <= now() and not t.suspended
      order by d.check_at limit how_many for update of d skip locked)
    returning k.tenant_id, k.provider_key_id
  $$;

-- Door: how many keys there are by what their provider said last, over all teams: figures, no team's name.
create function door.provider_key_figures() returns table (status text, keys bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select coalesce(status, 'never-checked'), count(*) from provider_keys group by 1 order by 1 $$;

grant execute on function
  door.data_keys_to_rewrap(text, int), door.rewrap_data_key(uuid, bytea, bytea, text),
  door.take_provider_keys_to_check(interval, int), door.provider_key_figures()
  to artemis_app;
