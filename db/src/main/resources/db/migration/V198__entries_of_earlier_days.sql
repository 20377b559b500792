-- Entries that were recorded days after the day that they belong to (settles that came late), so that the entries behind a
-- day's figure are found without reading all that was recorded since. No other entry is in it.
create index entries_of_earlier_days on entries (project_id, day, entry_id)
  where (recorded_at at time zone 'UTC')::date - day > 2;
