-- Which of these teams this database never had: what a cluster runs for them is another installation's. Erased teams are known.
create function door.strangers_among(asked uuid[]) returns setof uuid
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select a.tenant_id from unnest(asked) as a (tenant_id)
  where not exists (select from tenants t where t.tenant_id = a.tenant_id)
  $$;

grant execute on function door.strangers_among(uuid[]) to artemis_app;
