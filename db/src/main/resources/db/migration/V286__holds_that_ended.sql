-- What was held and is no more, of each project and way that it ended the newest first, for whoever looks back. Written once in a hold's
-- life, when it ends: whoever reserves writes no more than before.
create index holds_that_ended on holds (tenant_id, project_id, status, hold_id desc) where status <> 'held';
