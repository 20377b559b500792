-- A seal is of the bytes of a CSV file, and the writer of CSV changed once: a seal says which one its file was of.
-- Null: sealed before this was noted, in version 1 or 2 (ADR-0044).
alter table statements add column csv_version int check (csv_version > 0);

grant update (csv_version) on statements to artemis_app;
