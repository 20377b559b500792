-- All letters go to one mail server. Where that hangs they fill at most the places that the asker gives them, and webhooks go on.

-- What is next of each channel: a claim looks at as many rows as it may take, not at the whole backlog.
create index alert_deliveries_next on alert_deliveries (channel_id, next_try_at, delivery_id) where status = 'waiting';

-- Like the door of V197, and of e-mails at most so many. It goes from one channel that has something waiting to the next.
create function door.claim_alert_deliveries(most int, lease interval, most_to_one int, busy uuid[], most_emails int)
  returns table (delivery_id uuid, tenant_id uuid, channel_id uuid, kind text, tries int)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    with recursive waiting (channel_id) as (
      (select d.channel_id from alert_deliveries d where d.status = 'waiting' order by d.channel_id limit 1)
      union all
      select (select d.channel_id from alert_deliveries d
              where d.status = 'waiting' and d.channel_id > w.channel_id order by d.channel_id limit 1)
      from waiting w where w.channel_id is not null),
    due as (
      select d.delivery_id, d.next_try_at, c.kind,
             row_number() over (partition by c.kind order by d.next_try_at, d.delivery_id) as nth
      from waiting w
      join alert_channels c using (channel_id)
      cross join lateral (
        select a.delivery_id, a.next_try_at from alert_deliveries a
        where a.status = 'waiting' and a.channel_id = w.channel_id and a.next_try_at <= money_now()
        order by a.next_try_at, a.delivery_id limit most_to_one) d
      where w.channel_id <> all (busy)),
    ours as (
      select d.delivery_id, due.kind from alert_deliveries d join due using (delivery_id)
      where (due.kind <> 'email' or due.nth <= most_emails) and d.status = 'waiting' and d.next_try_at <= money_now()
      order by due.next_try_at limit least(most, 1000) for update of d skip locked)
    update alert_deliveries d set tries = d.tries + 1, next_try_at = money_now() + lease
    from ours where d.delivery_id = ours.delivery_id
    returning d.delivery_id, d.tenant_id, d.channel_id, ours.kind, d.tries
  $$;

grant execute on function door.claim_alert_deliveries(int, interval, int, uuid[], int) to artemis_app;
