-- What models cost. Nobody's rows: every tenant reads the same catalogue, administrators write it.

create table prices (
  price_id    bigint generated always as identity primary key,
  provider    text not null check (length(provider) between 1 and 100),
  model       text not null check (length(model) between 1 and 200),
  -- in force from (inclusive) to (exclusive); null: until further notice
  valid_from  timestamptz not null,
  valid_to    timestamptz,
  -- a price of zero both ways is refused for calls until an administrator says that it is meant
  free        boolean not null default false,
  -- who says so: it came with the software, from an imported list, or from an administrator
  source      text not null check (source in ('shipped', 'imported', 'admin')),
  created_at  timestamptz not null,
  created_by  text not null,
  check (valid_to is null or valid_to > valid_from)
);

create unique index prices_one_beginning on prices (provider, model, valid_from);
-- one price of a model is open-ended at most
create unique index prices_one_open on prices (provider, model) where valid_to is null;

comment on table prices is
  'A price of one model during one span of time. Rates never change; the app''s role may only set valid_to and free.';

-- US dollars a token. (standard, 0) is always there; other tiers and thresholds name what differs.
create table price_rates (
  price_id       bigint not null references prices,
  service_tier   text not null check (service_tier in ('standard', 'batch', 'flex', 'priority')),
  -- holds for requests whose prompt is longer than this many tokens
  above_tokens   bigint not null default 0 check (above_tokens >= 0),
  input          numeric(38, 18) not null check (input >= 0),
  cache_read     numeric(38, 18) check (cache_read >= 0),
  cache_write_5m numeric(38, 18) check (cache_write_5m >= 0),
  cache_write_1h numeric(38, 18) check (cache_write_1h >= 0),
  output         numeric(38, 18) not null check (output >= 0),
  primary key (price_id, service_tier, above_tokens)
);

-- another name of a model
create table price_aliases (
  alias       text primary key check (length(alias) between 1 and 200),
  provider    text not null,
  model       text not null,
  created_at  timestamptz not null,
  created_by  text not null
);

-- counts up with every change; instances look here to learn that their picture is old
create table price_catalogue (
  one     boolean primary key default true check (one),
  version bigint not null
);
insert into price_catalogue (version) values (0);

-- models that were asked for and had no price, for the health report
create table unpriced_models (
  provider    text not null default '',
  model       text not null,
  why         text not null,
  first_asked timestamptz not null,
  last_asked  timestamptz not null,
  times_asked bigint not null check (times_asked > 0),
  primary key (provider, model)
);

grant select, insert on prices, price_rates to artemis_app;
grant update (valid_to, free) on prices to artemis_app;
grant select, insert, update, delete on price_aliases, unpriced_models to artemis_app;
grant select, update (version) on price_catalogue to artemis_app;
