-- A worker takes over what a dead one held and its own sandbox still has. Of several that try, one: the others find it held by one that lives.
create or replace function door.adopt_run(adopted uuid, token bigint, worker uuid) returns boolean
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
  with taken as (
    update runs r set worker_id = worker
    where r.run_id = adopted and r.fencing_token = token and r.status in ('SUBMITTING', 'RUNNING')
      and (r.worker_id = worker
           or not exists (select from workers w where w.worker_id = r.worker_id and w.lease_until > now()))
    returning 1
  )
  select exists (select from taken)
  $$;
