-- What old runs printed goes; the runs, their history, their input and what they cost stay.

alter table runs add column output_pruned boolean not null default false;
create index runs_to_prune on runs (finished_at) where finished_at is not null and not output_pruned;

-- The oldest first, at most so many at a time; returns how many runs it was.
create function door.prune_output(older_than interval, runs_at_most int) returns int
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
  with old as (
    select run_id from runs
    where finished_at < now() - older_than and not output_pruned
    order by finished_at
    limit runs_at_most
    for update skip locked
  ), printed as (
    delete from run_news n using old where n.run_id = old.run_id and n.kind <> 'STATUS'
  ), pruned as (
    update runs r set output_pruned = true, stdout_kept = 0, stderr_kept = 0 from old where r.run_id = old.run_id
    returning 1
  )
  select count(*)::int from pruned
  $$;

grant execute on function door.prune_output(interval, int) to artemis_app;
