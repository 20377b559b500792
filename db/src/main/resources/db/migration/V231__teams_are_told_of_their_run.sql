-- A cluster's words may name accounts, rules and quotas of the platform: they are for operators. What a team is told of its run stands beside them.
-- The check is validated in a transaction of its own: it holds up no run meanwhile.
alter table run_news add column told text;
alter table run_news add constraint run_news_told_check check (length(told) <= 500) not valid;
comment on column run_news.words is 'What the sandbox said of a start that failed or of a loss, for operators alone; detail is our word for it.';
comment on column run_news.told is 'What a team is told of that run beyond our word for it.';
grant update (told) on run_news to artemis_app;
