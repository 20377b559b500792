-- A file that counts tokens only bills no dollars; how many tokens it and the ledger count stands beside.
alter table reconciliations
  alter column billed drop not null,
  add column ledger_tokens bigint not null default 0,
  -- null: the file has costs only
  add column billed_tokens bigint;

with counted as (
  select r.reconciliation_id, coalesce(sum((f ->> 'ledger_tokens')::numeric), 0)::bigint as ledger_tokens,
    sum((f ->> 'billed_tokens')::numeric)::bigint as billed_tokens
  from reconciliations r cross join lateral json_array_elements(r.findings) f
  group by r.reconciliation_id)
update reconciliations r set ledger_tokens = c.ledger_tokens, billed_tokens = c.billed_tokens,
    billed = case when c.billed_tokens is null then r.billed end
  from counted c where c.reconciliation_id = r.reconciliation_id;
