-- What teams are charged beside what they cost, and months that are closed.

-- A mark-up (above 0) or discount (below 0) in per cent of the cost, from that day of the team's zone on, until the next.
create table chargeback_rates (
  tenant_id  uuid not null references tenants,
  valid_from date not null,
  percent    numeric(9, 4) not null check (percent between -100 and 10000),
  set_by     text not null,
  set_at     timestamptz not null,
  primary key (tenant_id, valid_from)
);

-- The months before it are closed: nothing is dated into them any more. Read and written under the till's lock, so that
-- whoever books money knows of a closing that committed before.
alter table tills add column closed_before date check (extract(day from closed_before) = 1);

-- What came late for a closed month is a correction of the day it came; this says for which month.
alter table corrections add column closed_month date check (extract(day from closed_month) = 1);

create table statements (
  tenant_id uuid not null references tenants,
  month     date not null check (extract(day from month) = 1),
  -- of this team, without gaps
  number    int not null check (number > 0),
  closed_at timestamptz not null,
  closed_by text not null,
  calls     bigint not null,
  runs      bigint not null,
  cost      numeric(38, 18) not null,
  -- the team's monthly limit when it was closed; null: none
  budget    numeric(38, 18),
  -- of the month's lines as the CSV export writes them; null until they were counted, after the closing committed
  lines     bigint,
  sha256    text check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (tenant_id, month),
  unique (tenant_id, number),
  check ((lines is null) = (sha256 is null))
);

do $$
declare
  name text;
begin
  foreach name in array array['chargeback_rates', 'statements'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant())
                    with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

grant select, insert, update on chargeback_rates to artemis_app;
grant select, insert on statements to artemis_app;
-- figures are written once; only the seal comes later
grant update (lines, sha256) on statements to artemis_app;
