-- Reads the table without holding up who writes it.
alter table run_news validate constraint run_news_told_check;
