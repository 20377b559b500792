-- What a saved report's lines are grouped by, in their order; none: by all that there is, as the API's reports.
alter table saved_reports add column group_by text[] not null default '{}' check (cardinality(group_by) <= 10);
