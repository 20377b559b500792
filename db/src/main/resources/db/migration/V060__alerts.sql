-- Alerts: written in the transaction that reached the threshold, once per window and threshold.
create table alerts (
  alert_id     uuid primary key,
  tenant_id    uuid not null,
  level        text not null check (level in ('tenant', 'project', 'key')),
  level_id     uuid not null,
  period       text not null check (period in ('daily', 'monthly')),
  period_start date not null,
  threshold    numeric(8, 4) not null,
  used         numeric(38, 18) not null,
  limit_amount numeric(38, 18) not null,
  raised_at    timestamptz not null,
  unique (tenant_id, level_id, period, period_start, threshold)
);

create index alerts_newest_first on alerts (tenant_id, raised_at desc, alert_id);

alter table alerts enable row level security;
create policy own_tenant on alerts using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on alerts to artemis_app;
