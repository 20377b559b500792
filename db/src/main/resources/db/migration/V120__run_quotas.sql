-- What one team or project may take of the place where runs are executed, and how teams are weighed against each other.

create table run_quotas (
  tenant_id      uuid not null references tenants,
  -- the team's own id, or that of one of its projects
  level_id       uuid not null,
  -- of a team: one of 200 gets twice as much as one of 100 while both wait
  weight         int not null default 100 check (weight between 1 and 10000),
  -- null: what the settings say of every team, nothing more of a project; a project's number of runs is in projects
  running_at_most int check (running_at_most >= 0),
  waiting_at_most int check (waiting_at_most >= 0),
  cpu_millicores  bigint check (cpu_millicores >= 0),
  memory_bytes    bigint check (memory_bytes >= 0),
  primary key (tenant_id, level_id),
  check (level_id = tenant_id or (weight = 100 and running_at_most is null))
);
alter table run_quotas enable row level security;
create policy own_tenant on run_quotas using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on run_quotas to artemis_app;

drop function door.waiting_runs(bigint, bigint, int, int, int);
drop function door.claim_runs(uuid[], uuid, text, int);

-- The next runs of the teams with the least use by weight. The first column counts the teams that have something waiting:
-- whoever looked at fewer and found too little looks at more. There is one row without a run where there is none.
create function door.waiting_runs(cpu_there bigint, memory_there bigint, tenants_at_most int, runs_each int,
                                  running_at_most int, cpu_at_most bigint, memory_at_most bigint)
  returns table (tenants_waiting bigint, run_id uuid, tenant_id uuid, project_id uuid, priority int, queued_at timestamptz,
                 cpu_millicores int, memory_bytes bigint,
                 tenant_weight int, tenant_served_at timestamptz, tenant_cpu_millicores bigint, tenant_memory_bytes bigint,
                 tenant_runs_left bigint, tenant_cpu_left bigint, tenant_memory_left bigint,
                 project_runs_left bigint, project_cpu_left bigint, project_memory_left bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  with tenant_use as (
    select u.*, coalesce(w.weight, 100) as weight,
           coalesce(w.running_at_most, waiting_runs.running_at_most) - u.running as runs_left,
           coalesce(w.cpu_millicores, cpu_at_most) - u.cpu as cpu_left,
           coalesce(w.memory_bytes, memory_at_most) - u.memory as memory_left
    from (
      select q.tenant_id, sum(q.running) as running, sum(q.cpu_millicores)::bigint as cpu,
             sum(q.memory_bytes)::bigint as memory, max(q.served_at) as served_at
      from run_queues q
      group by q.tenant_id
      having sum(q.waiting) > 0
    ) u
    left join run_quotas w on w.tenant_id = u.tenant_id and w.level_id = u.tenant_id
  ), next_tenants as (
    select u.*
    from tenant_use u join tenants t using (tenant_id)
    where not t.suspended and u.runs_left > 0 and u.cpu_left > 0 and u.memory_left > 0
    order by greatest(u.cpu::numeric / cpu_there, u.memory::numeric / memory_there) / u.weight,
             u.served_at nulls first, u.tenant_id
    limit tenants_at_most
  ), next_runs as (
    select r.*, n.weight, n.served_at, n.cpu, n.memory, n.runs_left, n.cpu_left, n.memory_left,
           coalesce(p.max_running_runs, waiting_runs.running_at_most) - q.running as project_runs_left,
           coalesce(w.cpu_millicores, cpu_at_most) - q.cpu_millicores as project_cpu_left,
           coalesce(w.memory_bytes, memory_at_most) - q.memory_bytes as project_memory_left
    from next_tenants n
    join run_queues q on q.tenant_id = n.tenant_id and q.waiting > 0
    join projects p on p.project_id = q.project_id
    left join run_quotas w on w.tenant_id = q.tenant_id and w.level_id = q.project_id
    cross join lateral (
      select w.run_id, w.tenant_id, w.project_id, w.priority, w.created_at, w.cpu_millicores, w.memory_bytes
      from runs w
      where w.project_id = q.project_id and w.status = 'QUEUED' and w.due_at <= now()
      order by w.priority desc, w.created_at, w.run_id
      limit runs_each
    ) r
    where q.running < coalesce(p.max_running_runs, waiting_runs.running_at_most)
  )
  select c.tenants_waiting, r.run_id, r.tenant_id, r.project_id, r.priority, r.created_at, r.cpu_millicores, r.memory_bytes,
         r.weight, r.served_at, r.cpu, r.memory, r.runs_left, r.cpu_left, r.memory_left,
         r.project_runs_left, r.project_cpu_left, r.project_memory_left
  from (select count(*) as tenants_waiting from tenant_use) c left join next_runs r on true
  $$;

-- Takes those of the runs that nobody else is taking, within the limits that hold at this moment.
create function door.claim_runs(wanted uuid[], worker uuid, worker_backend text, running_at_most int, cpu_at_most bigint,
                                memory_at_most bigint)
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint)
  language plpgsql volatile security definer set search_path = artemis, pg_temp
  as $$
#variable_conflict use_column
declare
  r record;
  room boolean;
begin
  for r in
    select w.run_id, w.tenant_id, w.project_id, w.cpu_millicores, w.memory_bytes from runs w
    where w.run_id = any (wanted) and w.status = 'QUEUED' and w.due_at <= now() and not w.cancel_requested
    order by w.tenant_id, w.project_id, array_position(wanted, w.run_id)
    for update skip locked
  loop
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

grant execute on function door.waiting_runs(bigint, bigint, int, int, int, bigint, bigint),
  door.claim_runs(uuid[], uuid, text, int, bigint, bigint) to artemis_app;
