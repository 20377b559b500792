-- What a worker's own checks say of where its runs go, told with its lease: who asks for the platform's health may sit in a process that has no such thing.

alter table workers
  add column findings jsonb not null default '[]' check (jsonb_typeof(findings) = 'array'),
  add column checked_at timestamptz not null default now();
