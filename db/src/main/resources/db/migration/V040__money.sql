-- Money: limits, windows, holds, the ledger and its roll-ups.
-- All money writes of one tenant happen one after the other: whoever writes locks the tenant's till first, and reads
-- the clock after that. Amounts are US dollars, exact to 18 places.

-- The one clock of money. Tests replace this function to move time; nobody else can: it belongs to the owner.
create function artemis.money_now() returns timestamptz
  language sql volatile
  as 'select clock_timestamp()';

grant execute on function artemis.money_now() to artemis_app;

-- The tenant's running day and month, each with its bounds. A period that has begun keeps its bounds: a new time zone
-- counts from the next one on. Dates only ever grow.
create table tills (
  tenant_id       uuid primary key references tenants,
  day             date not null,
  day_starts_at   timestamptz not null,
  day_ends_at     timestamptz not null,
  month           date not null,
  month_starts_at timestamptz not null,
  month_ends_at   timestamptz not null
);

-- No row: unlimited. A null limit: unlimited; 0: blocks.
create table limits (
  tenant_id        uuid not null references tenants,
  level            text not null check (level in ('tenant', 'project', 'key')),
  -- the tenant's, the project's or the key's id
  level_id         uuid not null,
  daily_limit      numeric(38, 18) check (daily_limit >= 0),
  monthly_limit    numeric(38, 18) check (monthly_limit >= 0),
  -- per cent of a limit
  alert_thresholds numeric(8, 4)[] not null default '{80}',
  primary key (tenant_id, level_id)
);

-- One level's day or month. The period is part of the key, so nothing is ever reset.
create table windows (
  tenant_id    uuid not null,
  level        text not null check (level in ('tenant', 'project', 'key')),
  level_id     uuid not null,
  period       text not null check (period in ('daily', 'monthly')),
  period_start date not null,
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,
  spent        numeric(38, 18) not null default 0,
  reserved     numeric(38, 18) not null default 0 check (reserved >= 0),
  -- thresholds that were told already
  alerted      numeric(8, 4)[] not null default '{}',
  primary key (tenant_id, level_id, period, period_start)
) with (fillfactor = 50);

-- Texts that entries and roll-ups name by number: stages, models, providers, cards, purposes.
create table labels (
  label_id  int generated always as identity primary key,
  tenant_id uuid not null,
  text      text not null check (length(text) between 1 and 200),
  unique (tenant_id, text)
);

-- Money held for a call or a run. It keeps the windows it was made in.
create table holds (
  -- a run's hold has the run's id
  hold_id     uuid primary key,
  tenant_id   uuid not null,
  kind        text not null check (kind in ('call', 'run')),
  project_id  uuid not null,
  key_id      uuid,
  member_id   uuid,
  status      text not null check (status in ('held', 'settled', 'released', 'expired')),
  amount      numeric(38, 18) not null check (amount >= 0),
  day         date not null,
  month       date not null,
  created_at  timestamptz not null,
  -- null: whoever owns the run settles or releases it
  expires_at  timestamptz,
  stage       int not null,
  purpose     int,
  card        int,
  -- of a call: what it will be priced by
  provider    text,
  model       text,
  tier        text,
  -- of a run: the tenant's rates when it was held
  cpu_second_rate numeric(38, 18),
  gib_second_rate numeric(38, 18),
  -- once settled: its entry, what it cost, and the answer that a repeat gets
  entry_id    uuid,
  cost        numeric(38, 18),
  answer      text,
  check ((kind = 'call') = (model is not null)),
  check ((kind = 'run') = (cpu_second_rate is not null)),
  check ((kind = 'run') = (gib_second_rate is not null)),
  check ((status = 'settled') = (entry_id is not null))
) with (fillfactor = 80);

create index holds_that_expire on holds (tenant_id, expires_at) where status = 'held';

-- The ledger. Append only: nobody is granted update or delete. Months are partitions.
-- An entry's id begins with the milliseconds of recorded_at, so ids of a project sort by time.
create table entries (
  entry_id    uuid not null,
  tenant_id   uuid not null,
  project_id  uuid not null,
  key_id      uuid,
  member_id   uuid,
  -- what it concerns: the reservation, the run, or the entry that it corrects
  refers_to   uuid,
  recorded_at timestamptz not null,
  -- when the call happened, where the caller said so: chose the price
  occurred_at timestamptz,
  price_id    bigint,
  tokens_input          bigint,
  tokens_cache_read     bigint,
  tokens_cache_write_5m bigint,
  tokens_cache_write_1h bigint,
  tokens_output         bigint,
  -- the tenant's day that it belongs to
  day         date not null,
  stage       int not null,
  model       int not null,
  provider    int not null,
  card        int,
  purpose     int,
  -- 1 call, 2 run, 3 correction
  kind        smallint not null check (kind in (1, 2, 3)),
  -- 1 standard, 2 batch, 3 flex, 4 priority; null for what has none
  tier        smallint check (tier between 1 and 4),
  over_budget boolean not null,
  cost        numeric(38, 18) not null,
  -- by dimension; null is 0
  cost_input          numeric(38, 18),
  cost_cache_read     numeric(38, 18),
  cost_cache_write_5m numeric(38, 18),
  cost_cache_write_1h numeric(38, 18),
  cost_output         numeric(38, 18),
  cost_cpu            numeric(38, 18),
  cost_gib            numeric(38, 18),
  cpu_seconds         numeric(24, 9),
  gib_seconds         numeric(24, 9),
  primary key (project_id, entry_id, recorded_at)
) partition by range (recorded_at);

-- Catches what no month's partition takes, so that a late schedule never loses money.
create table entries_elsewhere partition of entries default;

create table corrections (
  entry_id     uuid primary key,
  tenant_id    uuid not null,
  reason       text not null check (length(reason) between 1 and 1000),
  corrected_by text not null
);

-- Roll-ups: written in the transaction of their entries. A missing key, member or card is the zero id.
create table usage_by_day (
  tenant_id  uuid not null,
  day        date not null,
  project_id uuid not null,
  stage      int not null,
  model      int not null,
  provider   int not null,
  key_id     uuid not null,
  member_id  uuid not null,
  calls      bigint not null,
  tokens_input          bigint not null,
  tokens_cache_read     bigint not null,
  tokens_cache_write_5m bigint not null,
  tokens_cache_write_1h bigint not null,
  tokens_output         bigint not null,
  runs        bigint not null,
  cpu_seconds numeric(24, 9) not null,
  gib_seconds numeric(24, 9) not null,
  cost                numeric(38, 18) not null,
  cost_input          numeric(38, 18) not null,
  cost_cache_read     numeric(38, 18) not null,
  cost_cache_write_5m numeric(38, 18) not null,
  cost_cache_write_1h numeric(38, 18) not null,
  cost_output         numeric(38, 18) not null,
  cost_cpu            numeric(38, 18) not null,
  cost_gib            numeric(38, 18) not null,
  primary key (tenant_id, day, project_id, stage, model, provider, key_id, member_id)
) with (fillfactor = 50);

create table usage_by_card (
  tenant_id  uuid not null,
  day        date not null,
  project_id uuid not null,
  card       int not null,
  calls      bigint not null,
  tokens_input       bigint not null,
  tokens_cache_read  bigint not null,
  tokens_cache_write bigint not null,
  tokens_output      bigint not null,
  runs        bigint not null,
  cpu_seconds numeric(24, 9) not null,
  gib_seconds numeric(24, 9) not null,
  cost        numeric(38, 18) not null,
  primary key (tenant_id, day, project_id, card)
) with (fillfactor = 50);

-- How often a budget said no.
create table refusals (
  tenant_id  uuid not null,
  day        date not null,
  project_id uuid not null,
  refused    bigint not null,
  primary key (tenant_id, day, project_id)
) with (fillfactor = 50);

do $$
declare
  name text;
begin
  foreach name in array array['tills', 'limits', 'windows', 'labels', 'holds', 'entries', 'corrections',
                              'usage_by_day', 'usage_by_card', 'refusals'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant())
                    with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

grant select, insert, update on tills, limits, windows, holds, usage_by_day, usage_by_card, refusals to artemis_app;
grant select, insert on labels, entries, corrections to artemis_app;

-- Makes the ledger's partitions from this month to so many months ahead, moving what the default partition caught.
-- Returns how many it made. Harmless when several instances call it at once.
create function door.prepare_ledger_months(ahead int) returns int
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
declare
  first date := date_trunc('month', money_now() at time zone 'UTC');
  month date;
  next date;
  name text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('artemis.ledger-months'));
  for n in 0 .. least(ahead, 24) loop
    month := first + make_interval(months => n);
    next := month + interval '1 month';
    name := 'entries_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('artemis.' || name) is not null;
    execute format('create table %I (like entries including defaults including constraints)', name);
    execute format('with moved as (delete from entries_elsewhere where recorded_at >= %L and recorded_at < %L returning *)
                    insert into %I select * from moved',
                   month::timestamp at time zone 'UTC', next::timestamp at time zone 'UTC', name);
    execute format('alter table entries attach partition %I for values from (%L) to (%L)',
                   name, month::timestamp at time zone 'UTC', next::timestamp at time zone 'UTC');
    made := made + 1;
  end loop;
  return made;
end $$;

-- Tenants with holds whose time is up.
create function door.tenants_with_expired_holds() returns setof uuid
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$ select distinct tenant_id from holds where status = 'held' and expires_at <= money_now() $$;

grant execute on function door.prepare_ledger_months(int), door.tenants_with_expired_holds() to artemis_app;
