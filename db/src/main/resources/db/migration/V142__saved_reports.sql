-- Reports that a team saved, and their way to people by e-mail.

create table saved_reports (
  report_id   uuid primary key,
  tenant_id   uuid not null references tenants,
  name        text not null check (length(name) between 1 and 200),
  -- slug; null: all of the team's projects
  project     text,
  format      text not null,
  chargeback  boolean not null,
  -- daily: yesterday; weekly: the last week; monthly: the last month; never: on the page only
  rhythm      text not null check (rhythm in ('never', 'daily', 'weekly', 'monthly')),
  delivery    text not null check (delivery in ('link', 'attachment')),
  recipients  text[] not null check (cardinality(recipients) <= 20),
  created_by  text not null,
  created_at  timestamptz not null,
  -- null: never
  next_due_at timestamptz,
  check ((rhythm = 'never') = (next_due_at is null))
);

create index on saved_reports (tenant_id, name);
create index saved_reports_due on saved_reports (next_due_at) where next_due_at is not null;

-- One letter for one period. It is marked before the mail server is spoken to: whatever happens then, it is not sent twice.
create table report_deliveries (
  delivery_id uuid primary key,
  tenant_id   uuid not null references tenants,
  report_id   uuid not null references saved_reports on delete cascade,
  from_day    date not null,
  to_day      date not null,
  state       text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
  attempts    int not null default 0,
  -- when it is tried next, or since when it is being sent, or when it came to its end
  at          timestamptz not null,
  detail      text,
  unique (report_id, from_day, to_day)
);

create index report_deliveries_open on report_deliveries (at) where state in ('waiting', 'sending');
create index on report_deliveries (tenant_id, report_id, from_day desc);

do $$
declare
  name text;
begin
  foreach name in array array['saved_reports', 'report_deliveries'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant())
                    with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

grant select, insert, update, delete on saved_reports to artemis_app;
grant select, insert, update on report_deliveries to artemis_app;

-- Doors of the sweep: which reports are due, and which letters wait or were left in the middle of being sent.
create function door.due_reports() returns table (tenant_id uuid, report_id uuid)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$ select tenant_id, report_id from saved_reports where next_due_at <= money_now() order by next_due_at limit 100 $$;

create function door.open_report_deliveries() returns table (tenant_id uuid, delivery_id uuid)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    select tenant_id, delivery_id from report_deliveries
    where state = 'waiting' and at <= money_now() or state = 'sending' and at <= money_now() - interval '15 minutes'
    order by at limit 100
  $$;

grant execute on function door.due_reports(), door.open_report_deliveries() to artemis_app;
