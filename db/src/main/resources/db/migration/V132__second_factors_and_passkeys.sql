-- What proves a person beyond a password, or instead of one. Reached through doors only: people sign in before any team is known.

create table second_factors (
  user_id      uuid primary key references users,
  -- the secret shared with the person's device, sealed with the platform's data key
  sealed       bytea not null,
  created_at   timestamptz not null,
  -- null: begun, and not yet shown to work
  confirmed_at timestamptz,
  -- the thirty seconds whose code was used last; no code counts twice
  last_step    bigint not null default 0
);
alter table second_factors enable row level security;

create table recovery_codes (
  user_id   uuid not null references second_factors on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at   timestamptz,
  primary key (user_id, code_hash)
);
alter table recovery_codes enable row level security;

-- Begins anew only where nothing is in force: what is, is taken away first.
create function door.begin_second_factor(whose uuid, secret bytea, at timestamptz) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with begun as (
      insert into second_factors (user_id, sealed, created_at) values (whose, secret, at)
      on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0
        where second_factors.confirmed_at is null
      returning 1)
    select exists (select from begun)
  $$;

create function door.second_factor(whose uuid) returns table (sealed bytea, confirmed boolean, last_step bigint, codes_left bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select f.sealed, f.confirmed_at is not null, f.last_step,
           (select count(*) from recovery_codes c where c.user_id = f.user_id and c.used_at is null)
    from second_factors f where f.user_id = whose
  $$;

-- Uses up a step; false where it, or a later one, was used before.
create function door.use_second_factor_step(whose uuid, step bigint) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with used as (
      update second_factors set last_step = step where user_id = whose and last_step < step returning 1)
    select exists (select from used)
  $$;

create function door.confirm_second_factor(whose uuid, codes bytea[], at timestamptz) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update second_factors set confirmed_at = at where user_id = whose;
    delete from recovery_codes where user_id = whose;
    insert into recovery_codes (user_id, code_hash) select whose, code from unnest(codes) as code;
  $$;

create function door.use_recovery_code(whose uuid, code bytea, at timestamptz) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with used as (
      update recovery_codes set used_at = at where user_id = whose and code_hash = code and used_at is null returning 1)
    select exists (select from used)
  $$;

create function door.remove_second_factor(whose uuid) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$ delete from second_factors where user_id = whose $$;

-- Passkeys (WebAuthn): public keys, no secrets.
create table passkeys (
  credential_id    bytea primary key check (length(credential_id) <= 1023),
  user_id          uuid not null references users,
  label            text not null check (length(label) between 1 and 200),
  public_key       bytea not null,
  signature_count  bigint not null,
  uv_initialized   boolean not null,
  backup_eligible  boolean not null,
  backup_state     boolean not null,
  transports       text[] not null,
  created_at       timestamptz not null,
  last_used_at     timestamptz not null,
  -- what the device said when it made the passkey: a later proof is checked against it
  attestation      bytea not null,
  client_data      bytea not null
);
create index on passkeys (user_id);
alter table passkeys enable row level security;

create function door.put_passkey(
    credential bytea, whose uuid, called text, key bytea, signatures bigint, uv boolean, eligible boolean, state boolean,
    ways text[], created timestamptz, used timestamptz, attested bytea, client bytea) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    insert into passkeys
    values (credential, whose, called, key, signatures, uv, eligible, state, ways, created, used, attested, client)
    on conflict (credential_id) do update
      set signature_count = excluded.signature_count, uv_initialized = excluded.uv_initialized,
          backup_state = excluded.backup_state, last_used_at = excluded.last_used_at
      where passkeys.user_id = excluded.user_id
  $$;

create function door.passkey(credential bytea) returns setof artemis.passkeys
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select * from passkeys where credential_id = credential $$;

create function door.passkeys_of(whose uuid) returns setof artemis.passkeys
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select * from passkeys where user_id = whose order by created_at $$;

create function door.remove_passkey(credential bytea, whose uuid) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with gone as (delete from passkeys where credential_id = credential and user_id = whose returning 1)
    select exists (select from gone)
  $$;

-- The platform's own list of people.
create function door.people(after_email text, how_many int)
  returns table (user_id uuid, email text, platform_role text, disabled boolean, created_at timestamptz,
                 has_password boolean, has_second_factor boolean, teams bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select u.user_id, u.email, u.platform_role, u.disabled, u.created_at, u.password_hash is not null,
           exists (select from second_factors f where f.user_id = u.user_id and f.confirmed_at is not null),
           (select count(*) from memberships m where m.user_id = u.user_id)
    from users u where after_email is null or lower(u.email) > lower(after_email)
    order by lower(u.email) limit how_many
  $$;

grant execute on function
  door.people(text, int),
  door.begin_second_factor(uuid, bytea, timestamptz), door.second_factor(uuid),
  door.use_second_factor_step(uuid, bigint), door.confirm_second_factor(uuid, bytea[], timestamptz),
  door.use_recovery_code(uuid, bytea, timestamptz), door.remove_second_factor(uuid),
  door.put_passkey(bytea, uuid, text, bytea, bigint, boolean, boolean, boolean, text[], timestamptz, timestamptz, bytea,
                   bytea),
  door.passkey(bytea), door.passkeys_of(uuid), door.remove_passkey(bytea, uuid)
  to artemis_app;
