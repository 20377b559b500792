-- Alerts go where a team wants them, from an outbox: a row for each alert and channel, written in the transaction that
-- raises the alert. Delivered at least once; the alert's id tells a repeat.

create table alert_channels (
  channel_id uuid primary key,
  tenant_id  uuid not null references tenants,
  kind       text not null check (kind in ('email', 'webhook')),
  -- an e-mail address, or a webhook's URL
  target     text not null check (length(target) between 1 and 2000),
  -- of a webhook: what its deliveries are signed with, sealed with the team's data key
  sealed     bytea,
  created_at timestamptz not null,
  created_by text not null,
  -- its past deliveries stay visible
  removed_at timestamptz,
  check ((kind = 'webhook') = (sealed is not null))
);

create unique index alert_channels_once on alert_channels (tenant_id, kind, target) where removed_at is null;

create table alert_deliveries (
  delivery_id  uuid primary key,
  tenant_id    uuid not null,
  alert_id     uuid not null references alerts,
  channel_id   uuid not null references alert_channels,
  -- dead: given up; somebody must look, and may try it again
  status       text not null check (status in ('waiting', 'delivered', 'dead')),
  tries        int not null default 0 check (tries >= 0),
  -- while it is tried: when others may take it for lost
  next_try_at  timestamptz not null,
  last_error   text check (length(last_error) <= 500),
  delivered_at timestamptz,
  unique (alert_id, channel_id),
  check ((status = 'delivered') = (delivered_at is not null))
);

create index alert_deliveries_due on alert_deliveries (next_try_at) where status = 'waiting';
create index alert_deliveries_dead on alert_deliveries (tenant_id) where status = 'dead';

do $$
declare
  name text;
begin
  foreach name in array array['alert_channels', 'alert_deliveries'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant())
                    with check (tenant_id = current_tenant())', name);
  end loop;
end $$;

grant select, insert, update on alert_channels, alert_deliveries to artemis_app;

-- Takes deliveries that are due, for so long: whoever dies over one leaves it to the next.
create function door.claim_alert_deliveries(most int, lease interval)
  returns table (delivery_id uuid, tenant_id uuid, tries int)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    with due as (
      select d.delivery_id from alert_deliveries d
      where d.status = 'waiting' and d.next_try_at <= money_now()
      order by d.next_try_at limit least(most, 1000) for update skip locked)
    update alert_deliveries d set tries = d.tries + 1, next_try_at = money_now() + lease
    from due where d.delivery_id = due.delivery_id
    returning d.delivery_id, d.tenant_id, d.tries
  $$;

-- For the health report: what waits, and what was given up although its channel is still there.
create function door.alert_delivery_counts() returns table (waiting bigint, dead bigint)
  language sql stable security definer set search_path = artemis, pg_temp
  as $$
    select count(*) filter (where d.status = 'waiting'), count(*) filter (where d.status = 'dead')
    from alert_deliveries d join alert_channels c using (channel_id)
    where d.status in ('waiting', 'dead') and c.removed_at is null
  $$;

grant execute on function door.claim_alert_deliveries(int, interval), door.alert_delivery_counts() to artemis_app;
