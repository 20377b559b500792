-- For door.lost_runs(): what was given up, by when.
create index runs_lost on runs (finished_at) where status = 'LOST';
