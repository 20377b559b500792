-- A letter is made before it is sent, by whoever has it in their hands, and goes to those who have none yet.
alter table report_deliveries
  -- goes up with each who takes it: whoever had it before moves it no more
  add column claim int not null default 0,
  -- addressees whom no mail server took it for; null: all of the report's
  add column remaining text[];

-- The day that a report is to be sent on, whatever zone its team has moved to meanwhile; null: as next_due_at says.
alter table saved_reports add column due_day date;
update saved_reports r set due_day = (r.next_due_at at time zone t.time_zone)::date
  from tenants t where t.tenant_id = r.tenant_id and r.next_due_at is not null;

create index report_deliveries_lost on report_deliveries (at) where state in ('failed', 'uncertain');

-- For the health report: what nobody got, or nobody knows whether they did, in the last seven days.
create function door.report_delivery_counts() returns table (failed bigint, uncertain bigint)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    select count(*) filter (where state = 'failed'), count(*) filter (where state = 'uncertain')
    from report_deliveries where state in ('failed', 'uncertain') and at > money_now() - interval '7 days'
  $$;

grant execute on function door.report_delivery_counts() to artemis_app;
