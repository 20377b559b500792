-- How many of a run's processes the kernel ended for want of memory; null where nobody counted, and for runs of before.
alter table runs add column memory_kills bigint check (memory_kills >= 0);
