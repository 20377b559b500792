-- Files and folders, the most at one time; null where nobody looked, and for runs of before.
alter table runs add column max_inodes bigint check (max_inodes >= 0);
