-- People, their memberships, and the keys of programs. Secrets are kept as hashes only.

-- When an administrator asked for a team to be deleted: it is suspended since, and restored by lifting that.
alter table tenants add column deletion_requested_at timestamptz;

create table users (
  user_id       uuid primary key,
  -- as it was typed; compared without regard to case
  email         text not null check (length(email) between 3 and 254),
  -- Argon2 with its parameters; null: cannot sign in with a password
  password_hash text,
  -- ADMIN: everything; FINANCE: reads all teams' money
  platform_role text check (platform_role in ('ADMIN', 'FINANCE')),
  disabled      boolean not null default false,
  created_at    timestamptz not null
);

create unique index users_email on users (lower(email));

create table memberships (
  tenant_id  uuid not null references tenants,
  user_id    uuid not null references users,
  role       text not null check (role in ('OWNER', 'DEVELOPER', 'FINANCE', 'VIEWER')),
  created_at timestamptz not null,
  primary key (tenant_id, user_id)
);

create index on memberships (user_id);

alter table memberships enable row level security;
create policy own_tenant on memberships using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on memberships to artemis_app;

-- A team sees who its members are, and of nobody a password's hash.
alter table users enable row level security;
create policy members_of_own_tenant on users for select
  using (exists (select from memberships m where m.user_id = users.user_id and m.tenant_id = current_tenant()));
grant select (user_id, email, disabled, created_at) on users to artemis_app;

create table api_keys (
  key_id         uuid primary key,
  tenant_id      uuid not null references tenants,
  project_id     uuid not null references projects,
  name           text not null check (length(name) between 1 and 200),
  scopes         text[] not null check (cardinality(scopes) > 0),
  -- SHA-256 of the whole key: 256 random bits need no slow hash
  secret_hash    bytea not null check (length(secret_hash) = 32),
  -- the secret before the last rotation, good until then
  previous_hash  bytea check (length(previous_hash) = 32),
  previous_until timestamptz,
  created_at     timestamptz not null,
  created_by     text not null,
  expires_at     timestamptz,
  rotated_at     timestamptz,
  revoked_at     timestamptz,
  -- to the minute
  last_used_at   timestamptz,
  check ((previous_hash is null) = (previous_until is null))
);

create index on api_keys (tenant_id, project_id);

alter table api_keys enable row level security;
create policy own_tenant on api_keys using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on api_keys to artemis_app;

-- Keys of people and of the platform's administrators: no tenant's, reached through doors only.
create table platform_keys (
  key_id       uuid primary key,
  -- whose personal key it is; null: an administrator's key
  user_id      uuid references users,
  name         text not null check (length(name) between 1 and 200),
  secret_hash  bytea not null unique check (length(secret_hash) = 32),
  created_at   timestamptz not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

create index on platform_keys (user_id);

alter table platform_keys enable row level security;

-- Door: what a request's key may do. One row, or none.
create function door.key_by_id(wanted uuid)
  returns table (
    key_id uuid, secret_hash bytea, previous_hash bytea, previous_until timestamptz, expires_at timestamptz,
    revoked boolean, last_used_at timestamptz, name text,
    tenant_id uuid, tenant_suspended boolean, project_id uuid, scopes text[],
    user_id uuid, email text, platform_role text, member_of uuid[], member_roles text[])
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select k.key_id, k.secret_hash, k.previous_hash, k.previous_until, k.expires_at, k.revoked_at is not null,
           k.last_used_at, k.name, k.tenant_id, t.suspended, k.project_id, k.scopes,
           null::uuid, null::text, null::text, null::uuid[], null::text[]
    from api_keys k join tenants t using (tenant_id)
    where k.key_id = wanted
    union all
    select k.key_id, k.secret_hash, null, null, k.expires_at, k.revoked_at is not null or coalesce(u.disabled, false),
           k.last_used_at, k.name, null, null, null, null,
           k.user_id, u.email, case when k.user_id is null then 'ADMIN' else u.platform_role end,
           (select array_agg(m.tenant_id order by m.tenant_id) from memberships m where m.user_id = k.user_id),
           (select array_agg(m.role order by m.tenant_id) from memberships m where m.user_id = k.user_id)
    from platform_keys k left join users u using (user_id)
    where k.key_id = wanted
  $$;

-- Door: notes that a key was used, to the minute.
create function door.key_used(wanted uuid) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update api_keys set last_used_at = now()
    where key_id = wanted and (last_used_at is null or last_used_at < now() - interval '1 minute');
    update platform_keys set last_used_at = now()
    where key_id = wanted and (last_used_at is null or last_used_at < now() - interval '1 minute');
  $$;

-- Doors: keys that belong to no team.
create function door.add_platform_key(id uuid, whose uuid, called text, hash bytea, at timestamptz, expires timestamptz)
  returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    insert into platform_keys (key_id, user_id, name, secret_hash, created_at, expires_at)
    values (id, whose, called, hash, at, expires)
  $$;

-- The administrator's key that was given from outside: replaced when another one is given.
create function door.set_platform_key(id uuid, called text, hash bytea, at timestamptz) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with kept as (
      insert into platform_keys (key_id, name, secret_hash, created_at) values (id, called, hash, at)
      on conflict (key_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at
        where platform_keys.secret_hash <> excluded.secret_hash
      returning 1)
    select exists (select from kept)
  $$;

create function door.has_admin_key() returns boolean
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select exists (select from platform_keys where user_id is null and revoked_at is null) $$;

create function door.personal_keys(whose uuid)
  returns table (key_id uuid, name text, created_at timestamptz, expires_at timestamptz, last_used_at timestamptz)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select key_id, name, created_at, expires_at, last_used_at from platform_keys
    where user_id = whose and revoked_at is null order by key_id
  $$;

create function door.revoke_personal_key(id uuid, whose uuid, at timestamptz) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with gone as (
      update platform_keys set revoked_at = at where key_id = id and user_id = whose and revoked_at is null returning 1)
    select exists (select from gone)
  $$;

-- Doors: people sign in before any team is known.
create function door.user_by_email(wanted text) returns setof artemis.users
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select * from users where lower(email) = lower(wanted) $$;

create function door.user_by_id(wanted uuid) returns setof artemis.users
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select * from users where user_id = wanted $$;

create function door.memberships_of(whose uuid)
  returns table (tenant_id uuid, slug text, name text, suspended boolean, role text)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select t.tenant_id, t.slug, t.name, t.suspended, m.role
    from memberships m join tenants t using (tenant_id) where m.user_id = whose order by t.slug
  $$;

-- Adds a person, or finds the one who has that e-mail already.
create function door.add_user(id uuid, mail text, hash text, platform text, at timestamptz) returns uuid
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with added as (
      insert into users (user_id, email, password_hash, platform_role, created_at)
      values (id, mail, hash, platform, at)
      on conflict ((lower(email))) do nothing returning user_id)
    select user_id from added
    union all
    select user_id from users where lower(email) = lower(mail)
    limit 1
  $$;

create function door.set_password(whose uuid, hash text) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$ update users set password_hash = hash where user_id = whose $$;

create function door.has_admin() returns boolean
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select exists (select from users where platform_role = 'ADMIN' and not disabled) $$;

grant execute on function
  door.key_by_id(uuid), door.key_used(uuid),
  door.add_platform_key(uuid, uuid, text, bytea, timestamptz, timestamptz),
  door.set_platform_key(uuid, text, bytea, timestamptz), door.has_admin_key(),
  door.personal_keys(uuid), door.revoke_personal_key(uuid, uuid, timestamptz),
  door.user_by_email(text), door.user_by_id(uuid), door.memberships_of(uuid),
  door.add_user(uuid, text, text, text, timestamptz), door.set_password(uuid, text), door.has_admin()
  to artemis_app;
