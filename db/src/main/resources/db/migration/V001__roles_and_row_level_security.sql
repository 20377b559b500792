-- Whom a transaction acts for, and what the app's role may do by default. The schema "artemis" holds the tables,
-- the schema "door" the few functions that look across tenants.

create schema if not exists door;

grant usage on schema artemis, door to artemis_app;

-- Functions are executable by everyone unless this is taken away: a door is opened by name, one at a time.
alter default privileges in schema door revoke execute on functions from public;
alter default privileges revoke execute on functions from public;

create function artemis.current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.tenant_id', true), '')::uuid;

grant execute on function artemis.current_tenant() to artemis_app;

comment on function artemis.current_tenant() is
  'The tenant that the running transaction acts for (setting app.tenant_id); null when it says none, and then no tenant''s row is seen.';
