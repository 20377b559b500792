-- Who watches a team is told that something of it changed, with the commit that changed it: "<tenant> <topic>". Money is
-- told by the application, since its transactions must not wait for one another at the commit.
create function tell_change() returns trigger
  language plpgsql
  as $$
begin
  perform pg_notify('artemis_changes', new.tenant_id || ' ' || tg_argv[0]);
  return null;
end $$;

create trigger tell_change after insert on audit_entries
  for each row when (new.tenant_id is not null) execute function tell_change('SETTINGS');

create trigger tell_change after insert or update of status on runs
  for each row execute function tell_change('RUNS');
