-- What the cards of a team cost in a month that is closed, so that a year by card adds up months and not days.
create table usage_by_card_month (
  tenant_id  uuid not null,
  month      date not null check (extract(day from month) = 1),
  card       int not null,
  calls      bigint not null,
  tokens_input       bigint not null,
  tokens_cache_read  bigint not null,
  tokens_cache_write bigint not null,
  tokens_output      bigint not null,
  runs        bigint not null,
  cpu_seconds numeric(24, 9) not null,
  gib_seconds numeric(24, 9) not null,
  cost        numeric(38, 18) not null,
  primary key (tenant_id, month, card)
);

-- All months before this one are added up.
create table card_months (
  tenant_id uuid primary key references tenants,
  before    date not null check (extract(day from before) = 1)
);

alter table usage_by_card_month enable row level security;
create policy own_tenant on usage_by_card_month using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
alter table card_months enable row level security;
create policy own_tenant on card_months using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());

grant select on usage_by_card_month, card_months to artemis_app;

-- Adds up, for one team, the closed months that were not added up yet: nothing is dated into them any more, and who dates
-- anything holds the till's lock, as a closing does. Returns whether there was one. Harmless when several instances call it.
create function door.add_up_card_months() returns boolean
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
  insert into card_months (tenant_id, before) values (due.tenant_id, due.month)
    on conflict (tenant_id) do update set before = excluded.before;
  return true;
end $$;

grant execute on function door.add_up_card_months() to artemis_app;
