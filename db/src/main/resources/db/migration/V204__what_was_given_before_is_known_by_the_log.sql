-- Who gave a membership or a standing, and who comes in at all, was not noted before it was asked for; the audit log knows. What the
-- directory gave last is the directory's, and ends when the directory says so.
update memberships m set given_by = 'DIRECTORY'
from users u, (
  select distinct on (a.tenant_id, lower(a.subject)) a.tenant_id, lower(a.subject) as email, a.actor
  from audit_entries a where a.action = 'member.put' order by a.tenant_id, lower(a.subject), a.entry_id desc) last
where u.user_id = m.user_id and last.tenant_id = m.tenant_id and last.email = lower(u.email)
  and m.given_by = 'PEOPLE' and last.actor = 'single sign-on';

update users u set standing_given_by = 'DIRECTORY'
from (
  select distinct on (lower(a.subject)) lower(a.subject) as email, a.actor
  from audit_entries a where a.action = 'user.standing' order by lower(a.subject), a.entry_id desc) last
where lower(u.email) = last.email and last.actor = 'single sign-on' and u.platform_role is not null;

-- Somebody without a password who came in with a passkey or from the directory is not invited anew.
update users u set came_in_at = came.at
from (
  select lower(a.subject) as email, min(a.at) as at from audit_entries a where a.action = 'sign-in.succeeded' group by 1) came
where lower(u.email) = came.email and u.came_in_at is null;

-- Links first, then their person, as whoever uses a link does: in the other order two at once would wait for each other.
create or replace function door.change_password(whose uuid, hash text, at timestamptz) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update access_links set ended_at = at where user_id = whose and ended_at is null;
    update users set password_hash = hash, sessions_end_before = greatest(sessions_end_before, at) where user_id = whose
  $$;

create or replace function door.put_standing(whose uuid, new_role text, off boolean, by_whom text, at timestamptz) returns boolean
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    begin
      perform pg_advisory_xact_lock(hashtext('artemis.first-admin'));
      if (off or new_role is distinct from 'ADMIN')
         and exists (select from users where user_id = whose and platform_role = 'ADMIN' and not disabled)
         and not exists (select from users where user_id <> whose and platform_role = 'ADMIN' and not disabled) then
        return false;
      end if;
      if off then
        update access_links set ended_at = at where user_id = whose and ended_at is null;
      end if;
      update users set platform_role = new_role, disabled = off, standing_given_by = by_whom,
        sessions_end_before = greatest(sessions_end_before, at)
      where user_id = whose;
      return true;
    end
  $$;

-- As an instance of the version before still calls it while the new ones start.
create or replace function door.put_standing(whose uuid, new_role text, off boolean, at timestamptz) returns boolean
  language sql security definer set search_path = artemis, pg_temp
  as $$ select door.put_standing(whose, new_role, off, 'PEOPLE', at) $$;

grant execute on function door.put_standing(uuid, text, boolean, timestamptz) to artemis_app;
revoke execute on function door.put_standing(uuid, text, boolean, timestamptz) from public;
