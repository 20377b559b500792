-- Like the door of V100, but no channel gets more than its part of what is claimed, and none that the asker waits for already.
create function door.claim_alert_deliveries(most int, lease interval, most_to_one int, busy uuid[])
  returns table (delivery_id uuid, tenant_id uuid, channel_id uuid, tries int)
  language sql volatile security definer set search_path = artemis, pg_temp
  as $$
    with due as (
      select d.delivery_id, row_number() over (partition by d.channel_id order by d.next_try_at, d.delivery_id) as nth,
             d.next_try_at
      from alert_deliveries d
      where d.status = 'waiting' and d.next_try_at <= money_now() and d.channel_id <> all (busy)),
    ours as (
      select d.delivery_id from alert_deliveries d join due using (delivery_id)
      where due.nth <= most_to_one and d.status = 'waiting' and d.next_try_at <= money_now()
      order by due.next_try_at limit least(most, 1000) for update of d skip locked)
    update alert_deliveries d set tries = d.tries + 1, next_try_at = money_now() + lease
    from ours where d.delivery_id = ours.delivery_id
    returning d.delivery_id, d.tenant_id, d.channel_id, d.tries
  $$;

grant execute on function door.claim_alert_deliveries(int, interval, int, uuid[]) to artemis_app;
