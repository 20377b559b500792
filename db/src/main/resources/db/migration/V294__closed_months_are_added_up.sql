-- What is summed by day, added up by month where a month is closed; and by card the eleven months, and the ten, before the first month that
-- is not added up: the part of a year's dearest cards that nothing changes any more, in their order.
create table usage_by_month (
  tenant_id  uuid not null,
  month      date not null check (extract(day from month) = 1),
  project_id uuid not null,
  stage      int not null,
  model      int not null,
  provider   int not null,
  key_id     uuid not null,
  member_id  uuid not null,
  calls      bigint not null,
  tokens_input       bigint not null,
  tokens_cache_read  bigint not null,
  tokens_cache_write bigint not null,
  tokens_output      bigint not null,
  runs        bigint not null,
  cpu_seconds numeric(24, 9) not null,
  gib_seconds numeric(24, 9) not null,
  cost        numeric(38, 18) not null,
  primary key (tenant_id, month, project_id, stage, model, provider, key_id, member_id)
);

-- From the first month on to the last that is added up.
create table usage_by_card_year (
  tenant_id uuid not null,
  first     date not null check (extract(day from first) = 1),
  card      int not null,
  calls     bigint not null,
  tokens_input       bigint not null,
  tokens_cache_read  bigint not null,
  tokens_cache_write bigint not null,
  tokens_output      bigint not null,
  runs        bigint not null,
  cpu_seconds numeric(24, 9) not null,
  gib_seconds numeric(24, 9) not null,
  cost        numeric(38, 18) not null,
  primary key (tenant_id, first, card)
);

create index dearest_cards_of_a_year on usage_by_card_year (tenant_id, first, cost desc, card);

alter table usage_by_month enable row level security;
create policy own_tenant on usage_by_month using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
alter table usage_by_card_year enable row level security;
create policy own_tenant on usage_by_card_year using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select on usage_by_month, usage_by_card_year to artemis_app;

-- What was added up before is added up once more, with the new tables; until then days are read.
select pg_advisory_xact_lock(hashtext('artemis.card-months'));
delete from usage_by_card_month;
delete from card_months;

create or replace function door.add_up_card_months() returns boolean
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
declare
  due record;
begin
  if not pg_try_advisory_xact_lock(hashtext('artemis.card-months')) then
    return false;
  end if;
  select t.tenant_id, t.closed_before as month, coalesce(m.before, date '0001-01-01') as since into due
  from tills t left join card_months m on m.tenant_id = t.tenant_id
  where coalesce(m.before, date '0001-01-01') < t.closed_before
  order by t.tenant_id limit 1;
  if not found then
    return false;
  end if;
  insert into usage_by_card_month
    select tenant_id, date_trunc('month', day), card, sum(calls), sum(tokens_input), sum(tokens_cache_read),
      sum(tokens_cache_write), sum(tokens_output), sum(runs), sum(cpu_seconds), sum(gib_seconds), sum(cost)
    from usage_by_card where tenant_id = due.tenant_id and day >= due.since and day < due.month
    group by tenant_id, date_trunc('month', day), card;
  insert into usage_by_month
    select tenant_id, date_trunc('month', day), project_id, stage, model, provider, key_id, member_id, sum(calls),
      sum(tokens_input), sum(tokens_cache_read), sum(tokens_cache_write_5m + tokens_cache_write_1h), sum(tokens_output),
      sum(runs), sum(cpu_seconds), sum(gib_seconds), sum(cost)
    from usage_by_day where tenant_id = due.tenant_id and day >= due.since and day < due.month
    group by tenant_id, date_trunc('month', day), project_id, stage, model, provider, key_id, member_id;
  delete from usage_by_card_year where tenant_id = due.tenant_id;
  insert into usage_by_card_year
    select c.tenant_id, f.first, c.card, sum(calls), sum(tokens_input), sum(tokens_cache_read),
      sum(tokens_cache_write), sum(tokens_output), sum(runs), sum(cpu_seconds), sum(gib_seconds), sum(cost)
    from (values ((due.month - interval '11 months')::date), ((due.month - interval '10 months')::date)) f (first)
    join usage_by_card_month c on c.tenant_id = due.tenant_id and c.month >= f.first and c.month < due.month
    group by c.tenant_id, f.first, c.card;
  insert into card_months (tenant_id, before) values (due.tenant_id, due.month)
    on conflict (tenant_id) do update set before = excluded.before;
  return true;
end $$;
