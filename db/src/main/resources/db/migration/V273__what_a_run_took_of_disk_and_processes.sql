-- The most at one time; null where nobody looked, and for runs of before.
alter table runs
  add column max_disk_bytes bigint check (max_disk_bytes >= 0),
  add column max_processes bigint check (max_processes >= 0);
