-- The list of a team's members tells who cannot come in yet: they alone are invited again. Passwords stay out of sight.
create function door.needs_invitation(whose uuid) returns boolean
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select password_hash is null and came_in_at is null and not disabled from users where user_id = whose $$;
revoke all on function door.needs_invitation(uuid) from public;
grant execute on function door.needs_invitation(uuid) to artemis_app;
