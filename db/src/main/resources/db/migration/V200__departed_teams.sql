-- Which of these teams are erased: what a sandbox keeps for a team goes with it.
create function door.erased_among(asked uuid[]) returns setof uuid
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select t.tenant_id from tenants t where t.tenant_id = any (asked) and t.erased_at is not null
  $$;

grant execute on function door.erased_among(uuid[]) to artemis_app;
