-- A team is erased and that it was is in the audit log, both or neither: they were two transactions, and a crash between them left no trace.
create or replace function door.erase_tenants(grace interval, how_many int) returns table (tenant_id uuid, slug text)
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    declare
      due record;
    begin
      for due in
        select t.tenant_id, t.slug from tenants t
        where t.deletion_requested_at <= now() - grace and t.erased_at is null
        order by t.deletion_requested_at limit how_many for update skip locked
      loop
        delete from memberships m where m.tenant_id = due.tenant_id;
        delete from provider_keys k where k.tenant_id = due.tenant_id;
        delete from alert_deliveries d where d.tenant_id = due.tenant_id;
        delete from alert_channels c where c.tenant_id = due.tenant_id;
        delete from report_deliveries d where d.tenant_id = due.tenant_id;
        delete from saved_reports r where r.tenant_id = due.tenant_id;
        delete from data_keys k where k.tenant_id = due.tenant_id;
        delete from run_inputs r where r.tenant_id = due.tenant_id;
        delete from run_files r where r.tenant_id = due.tenant_id;
        delete from run_news r where r.tenant_id = due.tenant_id;
        delete from idempotent_answers a where a.tenant_id = due.tenant_id;
        -- a hash that nothing has
        update api_keys k
        set secret_hash = sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')),
            previous_hash = null, previous_until = null, revoked_at = coalesce(k.revoked_at, now())
        where k.tenant_id = due.tenant_id;
        update tenants t set erased_at = now(), suspended = true where t.tenant_id = due.tenant_id;
        insert into audit_entries (tenant_id, at, actor, action, subject)
        values (due.tenant_id, now(), 'deletion after grace', 'tenant.erased', due.slug);
        tenant_id := due.tenant_id;
        slug := due.slug;
        return next;
      end loop;
    end
  $$;
