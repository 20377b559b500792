-- Looking for something in the log: who, what, on what, when.
drop function door.audit_entries(bigint, uuid, int);

create function door.audit_entries(
    below bigint, wanted_tenant uuid, wanted_actor text, wanted_action text, since timestamptz, until timestamptz,
    how_many int) returns setof artemis.audit_entries
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select * from audit_entries
    where (below is null or entry_id < below)
      and (wanted_tenant is null or tenant_id = wanted_tenant)
      and (wanted_actor is null or position(lower(wanted_actor) in lower(actor)) > 0)
      and (wanted_action is null or starts_with(action, wanted_action))
      and (since is null or at >= since)
      and (until is null or at < until)
    order by entry_id desc limit how_many
  $$;

grant execute on function door.audit_entries(bigint, uuid, text, text, timestamptz, timestamptz, int) to artemis_app;
