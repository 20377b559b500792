-- What a worker's sandbox holds and lacks, told with its lease: who asks for the platform's health may sit in a process without one.

alter table workers
  add column strength text not null default 'NONE' check (strength in ('FULL', 'PARTIAL', 'NONE')),
  add column holds text[] not null default '{}',
  add column lacks text[] not null default '{}';
