-- Those of one status, the newest first, of a project with very many runs. Most runs succeed, and are found soon without it.
create index runs_of_status on runs (project_id, status, run_id desc) where status <> 'SUCCEEDED';
