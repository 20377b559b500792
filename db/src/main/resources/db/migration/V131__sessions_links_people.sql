-- Sessions that end from outside, links that let somebody choose a password, and people's standing on the platform.

-- Sessions that began before are over: after a changed password, a removed membership, a sign-out everywhere.
alter table users add column sessions_end_before timestamptz;

create function door.end_sessions(whose uuid, at timestamptz) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update users set sessions_end_before = greatest(sessions_end_before, at) where user_id = whose
  $$;

create function door.session_states(whose uuid[])
  returns table (user_id uuid, disabled boolean, platform_role text, sessions_end_before timestamptz)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select user_id, disabled, platform_role, sessions_end_before from users where user_id = any (whose)
  $$;

-- A new password ends every session.
create function door.change_password(whose uuid, hash text, at timestamptz) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update users set password_hash = hash, sessions_end_before = greatest(sessions_end_before, at) where user_id = whose
  $$;

-- Links by which a person chooses a password once: invited, or having forgotten it. Reached through doors only.
create table access_links (
  -- SHA-256 of the 256 random bits that the link holds
  link_hash  bytea primary key check (length(link_hash) = 32),
  user_id    uuid not null references users,
  kind       text not null check (kind in ('INVITATION', 'RESET')),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  -- when it was used, or replaced by a newer one
  ended_at   timestamptz
);
create index on access_links (user_id);
alter table access_links enable row level security;

-- A newer link ends the older ones of that person.
create function door.add_access_link(hash bytea, whose uuid, what text, by text, at timestamptz, until timestamptz)
  returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update access_links set ended_at = at where user_id = whose and ended_at is null;
    insert into access_links (link_hash, user_id, kind, created_at, created_by, expires_at)
    values (hash, whose, what, at, by, until)
  $$;

create function door.access_link(hash bytea, at timestamptz) returns table (user_id uuid, email text, kind text)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select u.user_id, u.email, l.kind from access_links l join users u using (user_id)
    where l.link_hash = hash and l.ended_at is null and l.expires_at > at and not u.disabled
  $$;

-- Uses a link: once, also where two try at the same moment.
create function door.use_access_link(hash bytea, new_password text, at timestamptz)
  returns table (user_id uuid, email text)
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with used as (
      update access_links l set ended_at = at
      from users u
      where l.link_hash = hash and l.ended_at is null and l.expires_at > at
        and u.user_id = l.user_id and not u.disabled
      returning l.user_id)
    update users u set password_hash = new_password, sessions_end_before = greatest(u.sessions_end_before, at)
    from used where u.user_id = used.user_id
    returning u.user_id, u.email
  $$;

-- Gives a person another standing. False where that would leave the platform without an administrator; two who leave at once queue.
create function door.put_standing(whose uuid, new_role text, off boolean, at timestamptz) returns boolean
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    begin
      perform pg_advisory_xact_lock(hashtext('artemis.first-admin'));
      if (off or new_role is distinct from 'ADMIN')
         and exists (select from users where user_id = whose and platform_role = 'ADMIN' and not disabled)
         and not exists (select from users where user_id <> whose and platform_role = 'ADMIN' and not disabled) then
        return false;
      end if;
      update users set platform_role = new_role, disabled = off, sessions_end_before = greatest(sessions_end_before, at)
      where user_id = whose;
      return true;
    end
  $$;

grant execute on function
  door.end_sessions(uuid, timestamptz), door.session_states(uuid[]), door.change_password(uuid, text, timestamptz),
  door.add_access_link(bytea, uuid, text, text, timestamptz, timestamptz), door.access_link(bytea, timestamptz),
  door.use_access_link(bytea, text, timestamptz),
  door.put_standing(uuid, text, boolean, timestamptz)
  to artemis_app;
