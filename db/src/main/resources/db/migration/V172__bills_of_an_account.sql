-- A provider bills an account, which may be several teams': the platform's finance holds such a bill against all of them.
-- No team is named then, and only transactions that act for no team see the row.
alter table reconciliations alter column tenant_id drop not null;

create policy the_platforms on reconciliations
  using (tenant_id is null and current_tenant() is null)
  with check (tenant_id is null and current_tenant() is null);

create index reconciliations_of_the_platform on reconciliations (at desc) where tenant_id is null;
