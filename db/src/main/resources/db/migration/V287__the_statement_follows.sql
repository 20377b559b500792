-- A statement that was made before its month was closed; whatever became of it, the final one follows when it is, and is sealed.
alter table report_deliveries add column provisional boolean not null default false;

create index report_deliveries_provisional on report_deliveries (tenant_id, from_day)
  where provisional and state in ('sent', 'failed', 'uncertain');

create or replace function door.open_report_deliveries() returns table (tenant_id uuid, delivery_id uuid)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    select d.tenant_id, d.delivery_id from report_deliveries d
    where d.state = 'waiting' and d.at <= money_now() or d.state = 'sending' and d.at <= money_now() - interval '15 minutes'
      or d.state in ('sent', 'failed', 'uncertain') and d.provisional
         and exists (select from statements s
                     where s.tenant_id = d.tenant_id and s.month = d.from_day and s.sha256 is not null)
    order by d.at limit 100
  $$;
