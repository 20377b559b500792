-- A hold of a call keeps the price that it was made by, so that its settle needs no price in force: one that was ended
-- meanwhile, or clocks that differ, refuse no truth. Null: of a run, or held before.
alter table holds add column price_id bigint;
