create table tenants (
  tenant_id   uuid primary key,
  slug        text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name        text not null check (length(name) between 1 and 200),
  -- IANA name; a budget's day begins at its midnight
  time_zone   text not null,
  -- a new zone begins with the next day: until then (database clock) the one before it counts
  next_time_zone      text,
  next_time_zone_from timestamptz,
  suspended   boolean not null default false,
  -- US dollars for a CPU-second and for a GiB-second of a run
  cpu_second_rate  numeric(38, 18) not null default 0.000012 check (cpu_second_rate >= 0),
  gib_second_rate  numeric(38, 18) not null default 0.0000015 check (gib_second_rate >= 0),
  created_at  timestamptz not null,
  version     int not null default 0,
  check ((next_time_zone is null) = (next_time_zone_from is null))
);

alter table tenants enable row level security;
create policy own_tenant on tenants using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on tenants to artemis_app;

create table projects (
  project_id  uuid primary key,
  tenant_id   uuid not null references tenants,
  slug        text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name        text not null check (length(name) between 1 and 200),
  allow_unscanned  boolean not null default false,
  -- which severities of the scanner block a run, which rules it may ignore: {"block": ["high"], "allow": []}
  scan_policy      jsonb not null default '{}',
  -- limits of a run: {"cpu": 1, "memory_mb": 512, …}; names and units of the REST API
  default_limits   jsonb not null default '{}',
  maximum_limits   jsonb not null default '{}',
  max_running_runs int check (max_running_runs between 0 and 10000),
  created_at  timestamptz not null,
  version     int not null default 0,
  unique (tenant_id, slug)
);

alter table projects enable row level security;
create policy own_tenant on projects using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on projects to artemis_app;

-- Doors: an administrator's list of teams, and a team by its slug.
create function door.tenants() returns setof artemis.tenants
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select * from tenants order by slug $$;

create function door.tenant_by_slug(wanted text) returns setof artemis.tenants
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select * from tenants where slug = wanted $$;

grant execute on function door.tenants(), door.tenant_by_slug(text) to artemis_app;
