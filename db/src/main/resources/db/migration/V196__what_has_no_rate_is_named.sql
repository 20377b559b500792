-- What happened is recorded, also where a part of it has no rate: this names the part. The entry's cost is then the least
-- that the call did cost; a correction puts it right when the bill is known.
create table unpriced_parts (
  tenant_id   uuid not null references tenants,
  entry_id    uuid not null,
  recorded_at timestamptz not null,
  provider    text not null,
  model       text not null,
  what        text not null check (length(what) between 1 and 200),
  counted     bigint not null check (counted > 0),
  primary key (entry_id, what)
);
create index unpriced_parts_latest on unpriced_parts (recorded_at);

alter table unpriced_parts enable row level security;
create policy own_tenant on unpriced_parts using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on unpriced_parts to artemis_app;

-- For the health report: nobody's amounts, only which models count what the catalogue has no rate for.
create function door.unpriced_parts(since interval) returns table (provider text, model text, what text, entries bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select u.provider, u.model, u.what, count(*) from unpriced_parts u
    where u.recorded_at > money_now() - since
    group by u.provider, u.model, u.what order by count(*) desc, u.provider, u.model, u.what limit 100
  $$;

grant execute on function door.unpriced_parts(interval) to artemis_app;
