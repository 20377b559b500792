-- Door: what keys may do, of all that are in use at an instance; those that are none are left out.
create function door.keys_by_ids(wanted uuid[])
  returns table (
    key_id uuid, secret_hash bytea, previous_hash bytea, previous_until timestamptz, expires_at timestamptz,
    revoked boolean, last_used_at timestamptz, name text,
    tenant_id uuid, tenant_suspended boolean, project_id uuid, scopes text[],
    user_id uuid, email text, platform_role text, member_of uuid[], member_roles text[])
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select k.* from unnest(wanted) as w(id) cross join lateral door.key_by_id(w.id) k $$;

grant execute on function door.keys_by_ids(uuid[]) to artemis_app;
