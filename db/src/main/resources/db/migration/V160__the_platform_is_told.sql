-- Pages of the platform's administrators hear of whatever a person changed, in any team or in none: the id of no team stands
-- for the platform. Changes by people are few: this notice makes no commit of money wait.
create function tell_platform() returns trigger
  language plpgsql
  as $$
begin
  perform pg_notify('artemis_changes', '00000000-0000-0000-0000-000000000000 SETTINGS');
  return null;
end $$;

create trigger tell_platform after insert on audit_entries
  for each statement execute function tell_platform();
