-- A program's start is told by its machine, whose clock may go otherwise: how long a run has been RUNNING is counted here.
alter table runs add column running_since timestamptz;
comment on column runs.running_since is 'By this database''s clock, while RUNNING; started_at is by the clock of the machine that ran it.';

create function mark_running() returns trigger
  language plpgsql set search_path = artemis, pg_temp
  as $$
begin
  new.running_since := case when new.status = 'RUNNING' then now() end;
  return new;
end
$$;

create trigger mark_running before update of status on runs
  for each row when (new.status is distinct from old.status) execute function mark_running();

create or replace function door.held_runs()
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint, status text, backend text, worker_id uuid,
                 worker_state text, cancel_requested boolean, submitted_ms bigint, started_ms bigint, wall_ms bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select r.run_id, r.tenant_id, r.attempt, r.fencing_token, r.status, r.backend, r.worker_id,
         case when w.worker_id is null then 'GONE' when w.lease_until > now() then 'ALIVE' else 'SILENT' end,
         r.cancel_requested,
         (extract(epoch from now() - r.submitted_at) * 1000)::bigint,
         -- those that ran before this column was there have but their machine's word
         (extract(epoch from now() - coalesce(r.running_since, r.started_at)) * 1000)::bigint, r.wall_ms
  from runs r left join workers w on w.worker_id = r.worker_id
  where r.status in ('SUBMITTING', 'RUNNING')
  $$;
