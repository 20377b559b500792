-- A membership, or a standing on the platform, that the company's directory gave ends when the directory, or our mapping of its groups,
-- says so no more; what people gave here stays.
alter table memberships add column given_by text not null default 'PEOPLE' check (given_by in ('PEOPLE', 'DIRECTORY'));
alter table users add column standing_given_by text not null default 'PEOPLE'
  check (standing_given_by in ('PEOPLE', 'DIRECTORY'));

create function door.teams_by_directory(whose uuid) returns table (tenant_id uuid)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select tenant_id from memberships where user_id = whose and given_by = 'DIRECTORY' $$;

-- Since when a person comes in, by whichever way; null: never did.
alter table users add column came_in_at timestamptz;
update users set came_in_at = created_at where password_hash is not null;

create function door.came_in(whose uuid) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$ update users set came_in_at = now() where user_id = whose and came_in_at is null $$;

-- In which language a person reads letters; null: never said.
alter table users add column language text check (language in ('en', 'de'));

create function door.speak(whose uuid, tongue text) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$ update users set language = tongue where user_id = whose and language is distinct from tongue $$;

create function door.language_of(mail text) returns text
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select language from users where lower(email) = lower(mail) $$;

-- A new password ends every session, and every link that would give another: whoever read an older letter comes too late.
create or replace function door.change_password(whose uuid, hash text, at timestamptz) returns void
  language sql security definer set search_path = artemis, pg_temp
  as $$
    update users set password_hash = hash, sessions_end_before = greatest(sessions_end_before, at) where user_id = whose;
    update access_links set ended_at = at where user_id = whose and ended_at is null
  $$;

-- Who is put out keeps no way back in. Otherwise as before.
drop function door.put_standing(uuid, text, boolean, timestamptz);
create function door.put_standing(whose uuid, new_role text, off boolean, by_whom text, at timestamptz) returns boolean
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    begin
      perform pg_advisory_xact_lock(hashtext('artemis.first-admin'));
      if (off or new_role is distinct from 'ADMIN')
         and exists (select from users where user_id = whose and platform_role = 'ADMIN' and not disabled)
         and not exists (select from users where user_id <> whose and platform_role = 'ADMIN' and not disabled) then
        return false;
      end if;
      update users set platform_role = new_role, disabled = off, standing_given_by = by_whom,
        sessions_end_before = greatest(sessions_end_before, at)
      where user_id = whose;
      if off then
        update access_links set ended_at = at where user_id = whose and ended_at is null;
      end if;
      return true;
    end
  $$;

-- A letter to a channel is written in the language of whoever made it, unless the reader chose another.
alter table alert_channels add column language text not null default 'en' check (language in ('en', 'de'));

-- What concerns a run alone changes nothing that pages show as settings; cancelled runs are told as runs.
drop trigger tell_change on audit_entries;
create trigger tell_change after insert on audit_entries
  for each row when (new.tenant_id is not null and not starts_with(new.action, 'run.'))
  execute function tell_change('SETTINGS');

grant execute on function
  door.teams_by_directory(uuid), door.came_in(uuid), door.speak(uuid, text), door.language_of(text),
  door.put_standing(uuid, text, boolean, text, timestamptz)
  to artemis_app;
