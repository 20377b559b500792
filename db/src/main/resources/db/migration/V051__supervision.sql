-- What the supervisor looks at: which sandbox holds a run, and what all teams together spent.

drop function door.held_runs();

create function door.held_runs()
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint, status text, backend text, worker_id uuid,
                 worker_state text, cancel_requested boolean, submitted_ms bigint, started_ms bigint, wall_ms bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select r.run_id, r.tenant_id, r.attempt, r.fencing_token, r.status, r.backend, r.worker_id,
         case when w.worker_id is null then 'GONE' when w.lease_until > now() then 'ALIVE' else 'SILENT' end,
         r.cancel_requested,
         (extract(epoch from now() - r.submitted_at) * 1000)::bigint,
         (extract(epoch from now() - r.started_at) * 1000)::bigint, r.wall_ms
  from runs r left join workers w on w.worker_id = r.worker_id
  where r.status in ('SUBMITTING', 'RUNNING')
  $$;

-- A worker that leaves, or whose next life has begun, is deleted: what it held is surely free. One whose lease ran out is
-- silent: perhaps this database was away.
comment on table workers is 'Processes with a sandbox that have not left.';

create function door.spent_in_all() returns table (calls bigint, cost numeric, refused bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select coalesce(sum(u.calls), 0)::bigint, coalesce(sum(u.cost), 0),
         (select coalesce(sum(f.refused), 0)::bigint from refusals f)
  from usage_by_day u
  $$;

grant execute on function door.held_runs(), door.spent_in_all() to artemis_app;
