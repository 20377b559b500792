-- The sandbox's own words, for whoever must act on them, beside our word for it.
-- The check is validated in a transaction of its own, and the index made in another: neither holds up runs meanwhile.
alter table run_news add column words text;
alter table run_news add constraint run_news_words_check check (length(words) <= 500) not valid;
comment on column run_news.words is 'What the sandbox said of a start that failed or of a loss; detail is our word for it.';

-- How many runs of all teams were given up lately, and why the last was.
create function door.lost_runs(age interval) returns table (runs bigint, why text)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
  select count(*),
         (select coalesce(n.words, n.detail, l.kill_reason)
          from (select r.run_id, r.news, r.kill_reason from runs r
                where r.status = 'LOST' and r.finished_at > now() - age order by r.finished_at desc limit 1) l
          left join run_news n on n.run_id = l.run_id and n.number = l.news)
  from runs r
  where r.status = 'LOST' and r.finished_at > now() - age
  $$;

grant execute on function door.lost_runs(interval) to artemis_app;
grant update (words) on run_news to artemis_app;
