-- Providers' bills that were held against a team's ledger, as they were found.
create table reconciliations (
  reconciliation_id uuid primary key,
  tenant_id uuid not null references tenants,
  file      text not null check (length(file) between 1 and 200),
  layout    text not null,
  from_day  date not null,
  to_day    date not null,
  at        timestamptz not null,
  by_whom   text not null,
  -- US dollars
  ledger    numeric not null,
  billed    numeric not null,
  -- json and not jsonb: read as a whole, never searched
  findings  json not null
);

create index on reconciliations (tenant_id, at desc);

alter table reconciliations enable row level security;
create policy own_tenant on reconciliations
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on reconciliations to artemis_app;
