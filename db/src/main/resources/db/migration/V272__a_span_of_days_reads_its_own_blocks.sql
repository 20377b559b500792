-- Entries are written in the order of their days, but for those that come late: an export of some days needs not read the whole
-- month. So small an index costs an insert next to nothing.
create index entries_by_day on entries using brin (day) with (autosummarize = on);
