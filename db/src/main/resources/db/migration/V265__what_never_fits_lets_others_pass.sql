-- As it was (V120), but for runs above the whole of a limit that was lowered: they stand in nobody's way.
create or replace function door.waiting_runs(cpu_there bigint, memory_there bigint, tenants_at_most int, runs_each int,
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
           coalesce(w.cpu_millicores, cpu_at_most) as cpu_whole, coalesce(w.memory_bytes, memory_at_most) as memory_whole,
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
      select o.run_id, o.tenant_id, o.project_id, o.priority, o.created_at, o.cpu_millicores, o.memory_bytes
      from runs o
      where o.project_id = q.project_id and o.status = 'QUEUED' and o.due_at <= now()
        -- what was limited after it was submitted, and fits no more whatever ends, lets the others pass
        and o.cpu_millicores <= least(n.cpu_whole, coalesce(w.cpu_millicores, cpu_at_most))
        and o.memory_bytes <= least(n.memory_whole, coalesce(w.memory_bytes, memory_at_most))
      order by o.priority desc, o.created_at, o.run_id
      limit runs_each
    ) r
    where q.running < coalesce(p.max_running_runs, waiting_runs.running_at_most)
  )
  select c.tenants_waiting, r.run_id, r.tenant_id, r.project_id, r.priority, r.created_at, r.cpu_millicores, r.memory_bytes,
         r.weight, r.served_at, r.cpu, r.memory, r.runs_left, r.cpu_left, r.memory_left,
         r.project_runs_left, r.project_cpu_left, r.project_memory_left
  from (select count(*) as tenants_waiting from tenant_use) c left join next_runs r on true
  $$;
