-- How far exports are that programs asked for: whoever waits for one asks any instance. The instance that writes it tells
-- once a second; what was not told for a while belonged to one that died. Rows go an hour after their end.
create table export_progress (
  export_id  uuid primary key,
  -- null: of all teams, asked for by the platform's finance
  tenant_id  uuid references tenants,
  -- null: of all the team's
  project_id uuid,
  format     text not null,
  state      text not null check (state in ('waiting', 'running', 'done', 'failed')),
  -- how many come before it on its instance
  before     int not null check (before >= 0),
  rows       bigint not null check (rows >= 0),
  asked_at   timestamptz not null,
  told_at    timestamptz not null
);

create index on export_progress (tenant_id, asked_at desc);

alter table export_progress enable row level security;
create policy own_tenant on export_progress
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy the_platforms on export_progress
  using (tenant_id is null and current_tenant() is null)
  with check (tenant_id is null and current_tenant() is null);
grant select, insert, update, delete on export_progress to artemis_app;
