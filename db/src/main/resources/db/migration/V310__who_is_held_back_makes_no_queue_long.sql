-- As it was (V050), but for two: runs of a team that is suspended wait for an administrator, not for us, however long; and a run that its cluster has taken
-- and not let go (a queue there holds its Job) waits too, since its attempt.
create or replace function door.queue_depths()
  returns table (tenant text, waiting bigint, running bigint, oldest_wait_seconds bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select t.slug, sum(q.waiting), sum(q.running),
         coalesce(max(extract(epoch from now() - least(queued.since, submitted.since))), 0)::bigint
  from run_queues q
  join tenants t using (tenant_id)
  left join lateral (
    select min(r.created_at) as since from runs r where r.project_id = q.project_id and r.status = 'QUEUED'
  ) queued on q.waiting > 0 and not t.suspended
  left join lateral (
    select min(r.submitted_at) as since from runs r where r.project_id = q.project_id and r.status = 'SUBMITTING'
  ) submitted on q.running > 0
  group by t.slug
  having sum(q.waiting) + sum(q.running) > 0
  order by t.slug
  $$;
