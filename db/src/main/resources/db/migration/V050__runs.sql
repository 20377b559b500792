-- Runs, their queue and the workers that take them. Locks are taken in one order everywhere: the run's row, the money's
-- windows, the queue's counters (run_queues) last; a claim takes counters in the order of tenant and project.

create sequence fencing_tokens;
grant usage on sequence fencing_tokens to artemis_app;

-- A process with a sandbox. Its lease says, on this database's clock, until when what it holds counts as alive.
create table workers (
  worker_id   uuid primary key,
  -- a later incarnation of the same name ends the lease of the earlier ones
  name        text not null,
  backend     text not null,
  slots       int not null,
  started_at  timestamptz not null default now(),
  lease_until timestamptz not null
);
create index workers_by_name on workers (name);
grant select, insert, update, delete on workers to artemis_app;

create table runs (
  run_id      uuid primary key,
  tenant_id   uuid not null references tenants,
  project_id  uuid not null references projects,
  key_id      uuid,
  member_id   uuid,
  language    text not null,
  stage       text,
  card_id     text,
  priority    int not null check (priority between -10 and 10),
  cpu_millicores int not null,
  memory_bytes   bigint not null,
  wall_ms        bigint not null,
  output_bytes   bigint not null,
  status      text not null check (status in ('QUEUED', 'SUBMITTING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'KILLED',
                                              'CANCELLED', 'BLOCKED', 'LOST')),
  attempt     int not null,
  fencing_token  bigint not null,
  faults      int not null,
  faults_allowed int not null,
  cancel_requested boolean not null,
  due_at      timestamptz not null,
  -- who holds the current attempt, or held the last
  worker_id   uuid,
  backend     text,
  exit_code   int,
  signal      text,
  killed      boolean not null default false,
  kill_reason text,
  execution_us bigint,
  cpu_us      bigint,
  max_memory_bytes bigint,
  -- US dollars, once ended
  cost        numeric(38, 18),
  -- of the current attempt: end of what was stored, bytes stored, bytes printed
  stdout_end   bigint not null default 0,
  stdout_kept  bigint not null default 0,
  stdout_total bigint not null default 0,
  stderr_end   bigint not null default 0,
  stderr_kept  bigint not null default 0,
  stderr_total bigint not null default 0,
  -- number of the last row in run_news
  news        int not null default 0,
  created_at  timestamptz not null,
  submitted_at timestamptz,
  started_at  timestamptz,
  finished_at timestamptz,
  check (status not in ('SUBMITTING', 'RUNNING') or worker_id is not null),
  check ((finished_at is null) = (status in ('QUEUED', 'SUBMITTING', 'RUNNING')))
);
-- ids are time-ordered: a project's runs, newest first
create index runs_of_project on runs (project_id, run_id desc);
create index runs_waiting on runs (project_id, priority desc, created_at, run_id) where status = 'QUEUED';
create index runs_held on runs (worker_id) where status in ('SUBMITTING', 'RUNNING');

-- What to run; apart from the row that changes often.
create table run_inputs (
  run_id      uuid primary key references runs,
  tenant_id   uuid not null,
  code        text not null,
  stdin       bytea not null,
  env         jsonb not null,
  limits      jsonb not null,
  findings    jsonb not null
);

create table run_files (
  run_id      uuid not null references runs,
  position    int not null,
  tenant_id   uuid not null,
  path        text not null,
  content     bytea not null,
  primary key (run_id, position)
);

-- What happened, in order: changes of status, and what the program printed. Insert only.
create table run_news (
  run_id      uuid not null references runs,
  number      int not null,
  tenant_id   uuid not null,
  at          timestamptz not null,
  attempt     int not null,
  kind        text not null check (kind in ('STATUS', 'STDOUT', 'STDERR')),
  status      text,
  detail      text,
  -- of the first byte within all that was printed to that stream in this attempt
  output_offset bigint,
  bytes       bytea,
  primary key (run_id, number),
  check ((kind = 'STATUS') = (status is not null)),
  check ((kind = 'STATUS') = (bytes is null))
);

-- Counters of a project, kept by the trigger below: what waits and what is in use, and totals for ever.
create table run_queues (
  project_id  uuid primary key references projects,
  tenant_id   uuid not null,
  waiting     int not null default 0,
  running     int not null default 0,
  cpu_millicores bigint not null default 0,
  memory_bytes   bigint not null default 0,
  -- when a run of it was last claimed: among equals the longest unserved goes first
  served_at   timestamptz,
  total       bigint not null default 0,
  blocked     bigint not null default 0,
  killed      bigint not null default 0
);
create index run_queues_of_tenant on run_queues (tenant_id, project_id);

do $$
declare name text;
begin
  foreach name in array array['runs', 'run_inputs', 'run_files', 'run_news', 'run_queues'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) '
                   'with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

grant select, insert, update on runs to artemis_app;
grant select, insert on run_inputs, run_files, run_news to artemis_app;
grant select on run_queues to artemis_app;

-- Counters follow the status whoever changes it, and listeners are told.
create function count_run() returns trigger
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
declare
  was_waiting int := case when tg_op = 'UPDATE' and old.status = 'QUEUED' then 1 else 0 end;
  was_held    int := case when tg_op = 'UPDATE' and old.status in ('SUBMITTING', 'RUNNING') then 1 else 0 end;
  is_waiting  int := case when new.status = 'QUEUED' then 1 else 0 end;
  is_held     int := case when new.status in ('SUBMITTING', 'RUNNING') then 1 else 0 end;
  is_new      int := case when tg_op = 'INSERT' then 1 else 0 end;
begin
  if tg_op = 'UPDATE' and old.status = new.status then
    return null;
  end if;
  insert into run_queues as q (project_id, tenant_id, waiting, running, cpu_millicores, memory_bytes, total, blocked, killed)
  values (new.project_id, new.tenant_id, is_waiting, is_held, is_held * new.cpu_millicores, is_held * new.memory_bytes,
          is_new, (new.status = 'BLOCKED')::int, (new.status = 'KILLED')::int)
  on conflict (project_id) do update set
    waiting = q.waiting + is_waiting - was_waiting,
    running = q.running + is_held - was_held,
    cpu_millicores = q.cpu_millicores + (is_held - was_held) * new.cpu_millicores,
    memory_bytes = q.memory_bytes + (is_held - was_held) * new.memory_bytes,
    served_at = case when is_held > was_held then now() else q.served_at end,
    total = q.total + is_new,
    blocked = q.blocked + excluded.blocked,
    killed = q.killed + excluded.killed;
  perform pg_notify('artemis_runs', new.run_id::text);
  if new.status = 'QUEUED' then
    perform pg_notify('artemis_queue', '');
  end if;
  return null;
end $$;

create trigger count_run after insert or update of status on runs for each row execute function count_run();

-- Doors of the scheduler. Of the tenants with the least use, weighed against what there is, the next runs of each.
create function door.waiting_runs(cpu_there bigint, memory_there bigint, tenants_at_most int, runs_each int,
                                  running_at_most int)
  returns table (run_id uuid, tenant_id uuid, project_id uuid, priority int, queued_at timestamptz,
                 cpu_millicores int, memory_bytes bigint,
                 tenant_running bigint, tenant_cpu_millicores numeric, tenant_memory_bytes numeric,
                 tenant_served_at timestamptz, project_running int, project_running_at_most int)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  with tenant_use as (
    select q.tenant_id, sum(q.running) as running, sum(q.cpu_millicores) as cpu, sum(q.memory_bytes) as memory,
           max(q.served_at) as served_at
    from run_queues q
    group by q.tenant_id
    having sum(q.waiting) > 0 and sum(q.running) < running_at_most
  ), next_tenants as (
    select u.*
    from tenant_use u join tenants t using (tenant_id)
    where not t.suspended
    order by greatest(u.cpu / cpu_there, u.memory / memory_there), u.served_at nulls first, u.tenant_id
    limit tenants_at_most
  )
  select r.run_id, r.tenant_id, r.project_id, r.priority, r.created_at, r.cpu_millicores, r.memory_bytes,
         n.running, n.cpu, n.memory, n.served_at, q.running, coalesce(p.max_running_runs, running_at_most)
  from next_tenants n
  join run_queues q on q.tenant_id = n.tenant_id and q.waiting > 0
  join projects p on p.project_id = q.project_id
  cross join lateral (
    select w.run_id, w.tenant_id, w.project_id, w.priority, w.created_at, w.cpu_millicores, w.memory_bytes
    from runs w
    where w.project_id = q.project_id and w.status = 'QUEUED' and w.due_at <= now()
    order by w.priority desc, w.created_at, w.run_id
    limit runs_each
  ) r
  where q.running < coalesce(p.max_running_runs, running_at_most)
  $$;

-- Takes those of the runs that nobody else is taking, within the limits that hold at this moment.
create function door.claim_runs(wanted uuid[], worker uuid, worker_backend text, running_at_most int)
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint)
  language plpgsql volatile security definer set search_path = artemis, pg_temp
  as $$
#variable_conflict use_column
declare
  r record;
  tenant_running bigint;
  project_running int;
  project_at_most int;
begin
  for r in
    select w.run_id, w.tenant_id, w.project_id from runs w
    where w.run_id = any (wanted) and w.status = 'QUEUED' and w.due_at <= now() and not w.cancel_requested
    order by w.tenant_id, w.project_id, array_position(wanted, w.run_id)
    for update skip locked
  loop
    perform from run_queues q where q.tenant_id = r.tenant_id order by q.project_id for update;
    select sum(q.running), max(q.running) filter (where q.project_id = r.project_id) into tenant_running, project_running
    from run_queues q where q.tenant_id = r.tenant_id;
    select coalesce(p.max_running_runs, running_at_most) into project_at_most
    from projects p where p.project_id = r.project_id;
    continue when tenant_running >= running_at_most or project_running >= project_at_most;
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

-- All runs that a worker holds, for reconciliation.
create function door.held_runs()
  returns table (run_id uuid, tenant_id uuid, attempt int, fencing_token bigint, status text, worker_id uuid,
                 worker_alive boolean, cancel_requested boolean, submitted_ago interval, started_ago interval,
                 wall_ms bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select r.run_id, r.tenant_id, r.attempt, r.fencing_token, r.status, r.worker_id,
         coalesce(w.lease_until > now(), false), r.cancel_requested, now() - r.submitted_at, now() - r.started_at, r.wall_ms
  from runs r left join workers w on w.worker_id = r.worker_id
  where r.status in ('SUBMITTING', 'RUNNING')
  $$;

-- A worker takes over what a dead one held and its own sandbox still has.
create function door.adopt_run(adopted uuid, token bigint, worker uuid) returns boolean
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
  with taken as (
    update runs r set worker_id = worker
    where r.run_id = adopted and r.fencing_token = token and r.status in ('SUBMITTING', 'RUNNING')
    returning 1
  )
  select exists (select from taken)
  $$;

create function door.queue_depths()
  returns table (tenant text, waiting bigint, running bigint, oldest_wait_seconds bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select t.slug, sum(q.waiting), sum(q.running),
         coalesce(max(extract(epoch from now() - oldest.created_at)), 0)::bigint
  from run_queues q
  join tenants t using (tenant_id)
  left join lateral (
    select min(r.created_at) as created_at from runs r where r.project_id = q.project_id and r.status = 'QUEUED'
  ) oldest on q.waiting > 0
  group by t.slug
  having sum(q.waiting) + sum(q.running) > 0
  order by t.slug
  $$;

create function door.run_totals() returns table (total bigint, blocked bigint, killed bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$ select coalesce(sum(total), 0)::bigint, coalesce(sum(blocked), 0)::bigint, coalesce(sum(killed), 0)::bigint
        from run_queues $$;

-- Projects whose counters may be wrong: those with something in the queue, by either account.
create function door.busy_projects() returns setof uuid
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select project_id from run_queues where waiting <> 0 or running <> 0 or cpu_millicores <> 0 or memory_bytes <> 0
  union
  select project_id from runs where status in ('SUBMITTING', 'RUNNING')
  $$;

-- Counts again what waits and runs in a project; returns whether the counters were wrong (and are mended). The counter is
-- locked before the count, and whoever changes a run holds the counter to its commit: both are of the same moment.
create function door.mend_run_queue(project uuid) returns boolean
  language plpgsql volatile security definer set search_path = artemis, pg_temp
  as $$
begin
  perform from run_queues where project_id = project for update;
  update run_queues q set waiting = n.waiting, running = n.running, cpu_millicores = n.cpu, memory_bytes = n.memory
  from (
    select (select count(*) from runs where project_id = project and status = 'QUEUED') as waiting, held.*
    from (
      select count(*) as running, coalesce(sum(cpu_millicores), 0) as cpu, coalesce(sum(memory_bytes), 0) as memory
      from runs where project_id = project and status in ('SUBMITTING', 'RUNNING')
    ) held
  ) n
  where q.project_id = project
    and (q.waiting, q.running, q.cpu_millicores, q.memory_bytes) is distinct from (n.waiting, n.running, n.cpu, n.memory);
  return found;
end $$;

grant execute on function door.waiting_runs(bigint, bigint, int, int, int), door.claim_runs(uuid[], uuid, text, int),
  door.held_runs(), door.adopt_run(uuid, bigint, uuid), door.queue_depths(), door.run_totals(), 
  door.busy_projects(), door.mend_run_queue(uuid)
  to artemis_app;

-- What the supervisor did, by kind of fault.
create table supervision (
  kind          text primary key,
  interventions bigint not null default 0,
  recoveries    bigint not null default 0,
  last_at       timestamptz not null
);
grant select, insert, update on supervision to artemis_app;
