-- How many findings were seen beside those that are kept.
alter table run_inputs add column findings_left_out int not null default 0;

-- The largest file that was there at its end; null where nobody looked, and for runs of before.
alter table runs add column max_file_bytes bigint;
