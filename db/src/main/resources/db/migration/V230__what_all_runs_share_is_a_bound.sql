-- What all runs share holds as a bound where it is configured, not only as a measure: see ADR-0040.

-- What the runs of all teams hold now.
create function door.held_in_all() returns table (cpu_millicores bigint, memory_bytes bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select coalesce(sum(q.cpu_millicores), 0)::bigint, coalesce(sum(q.memory_bytes), 0)::bigint from run_queues q
  $$;

-- Takes those of the runs that nobody else is taking, within the limits that hold at this moment. Null: there is no bound in all.
-- With one, one worker takes at a time, in the order in which the runs were wanted, and stops at the first that finds no room: what becomes
-- free is that one's. Whoever asks for more than there is in all is taken while nothing else is held.
create function door.claim_runs(wanted uuid[], worker uuid, worker_backend text, running_at_most int, cpu_at_most bigint,
                                memory_at_most bigint, cpu_in_all bigint, memory_in_all bigint)
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint)
  language plpgsql volatile security definer set search_path = artemis, pg_temp
  as $$
#variable_conflict use_column
declare
  bounded constant boolean := cpu_in_all is not null or memory_in_all is not null;
  cpu_left bigint;
  memory_left bigint;
  r record;
  room boolean;
begin
  if bounded then
    perform pg_advisory_xact_lock(hashtext('artemis.claims'));
    -- of this moment: who took before has committed
    select cpu_in_all - h.cpu_millicores, memory_in_all - h.memory_bytes into cpu_left, memory_left from door.held_in_all() h;
  end if;
  for r in
    select w.run_id, w.tenant_id, w.project_id, w.cpu_millicores, w.memory_bytes,
           least(w.cpu_millicores, cpu_in_all) as cpu_wanted, least(w.memory_bytes, memory_in_all) as memory_wanted
    from runs w
    where w.run_id = any (wanted) and w.status = 'QUEUED' and w.due_at <= now() and not w.cancel_requested
    -- counters are locked in one order by all who take at the same time
    order by case when bounded then array_position(wanted, w.run_id) end, w.tenant_id, w.project_id,
             array_position(wanted, w.run_id)
    for update skip locked
  loop
    exit when r.cpu_wanted > cpu_left or r.memory_wanted > memory_left;
    perform from run_queues q where q.tenant_id = r.tenant_id order by q.project_id for update;
    select sum(q.running) < coalesce(t.running_at_most, claim_runs.running_at_most)
           and sum(q.cpu_millicores) + r.cpu_millicores <= coalesce(t.cpu_millicores, cpu_at_most)
           and sum(q.memory_bytes) + r.memory_bytes <= coalesce(t.memory_bytes, memory_at_most)
           and bool_and(q.running < coalesce(p.max_running_runs, claim_runs.running_at_most)
                        and q.cpu_millicores + r.cpu_millicores <= coalesce(w.cpu_millicores, cpu_at_most)
                        and q.memory_bytes + r.memory_bytes <= coalesce(w.memory_bytes, memory_at_most))
               filter (where q.project_id = r.project_id)
    into room
    from run_queues q
    join projects p using (project_id)
    left join run_quotas w on w.tenant_id = q.tenant_id and w.level_id = q.project_id
    left join run_quotas t on t.tenant_id = q.tenant_id and t.level_id = q.tenant_id
    where q.tenant_id = r.tenant_id
    group by t.running_at_most, t.cpu_millicores, t.memory_bytes;
    continue when not room;
    cpu_left := cpu_left - r.cpu_millicores;
    memory_left := memory_left - r.memory_bytes;
    return query
      update runs u
      set status = 'SUBMITTING', attempt = u.attempt + 1, fencing_token = nextval('fencing_tokens'),
          worker_id = worker, backend = worker_backend, submitted_at = now(), started_at = null,
          stdout_end = 0, stdout_kept = 0, stdout_total = 0, stderr_end = 0, stderr_kept = 0, stderr_total = 0,
          news = u.news + 1
      where u.run_id = r.run_id
      returning u.run_id, u.tenant_id, u.attempt, u.fencing_token;
    insert into run_news (run_id, number, tenant_id, at, attempt, kind, status)
    select u.run_id, u.news, u.tenant_id, now(), u.attempt, 'STATUS', u.status from runs u where u.run_id = r.run_id;
  end loop;
end $$;

-- For workers of the version before, while they are replaced one by one.
create or replace function door.claim_runs(wanted uuid[], worker uuid, worker_backend text, running_at_most int,
                                           cpu_at_most bigint, memory_at_most bigint)
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint)
  language plpgsql volatile security definer set search_path = artemis, pg_temp
  as $$
begin
  return query select c.run_id, c.tenant_id, c.attempt, c.fencing_token
  from door.claim_runs(wanted, worker, worker_backend, running_at_most, cpu_at_most, memory_at_most, null, null) c;
end $$;

grant execute on function door.held_in_all(),
  door.claim_runs(uuid[], uuid, text, int, bigint, bigint, bigint, bigint) to artemis_app;
