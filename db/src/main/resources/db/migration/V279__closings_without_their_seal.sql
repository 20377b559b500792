-- Whoever closes a month commits that, and counts the seal after it. Where the process died between, this finds it.
create index statements_unsealed on statements (closed_at) where sha256 is null;

create function door.unsealed_statements() returns table (tenant_id uuid, month date)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    select tenant_id, month from statements
    where sha256 is null and closed_at <= money_now() - interval '1 minute'
    order by closed_at limit 100
  $$;

grant execute on function door.unsealed_statements() to artemis_app;
