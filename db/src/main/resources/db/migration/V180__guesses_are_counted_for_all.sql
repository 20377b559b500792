-- How often somebody may try to come in, counted once for all instances, on this clock. Each try moves a mark ahead by its share of the
-- bound's time; a mark may stand as far ahead as that time. So many may come at once, and one more each time a share has passed.
create table guesses (
  -- SHA-256 of what is counted: an account from an address, an address, an account from wherever it was never opened
  counted     bytea primary key check (length(counted) = 32),
  spent_until timestamptz not null,
  -- whether the audit log knows that it is refused at present
  told        boolean not null default false
);
create index on guesses (spent_until);
alter table guesses enable row level security;

-- Where accounts were opened from: whoever guesses from elsewhere does not lock the owner out of there.
create table opened_from (
  -- as guesses.counted of an account from an address
  place     bytea primary key check (length(place) = 32),
  opened_at timestamptz not null
);
create index on opened_from (opened_at);
alter table opened_from enable row level security;

-- Locks what is counted, and says whether one more fits.
create function room_for_guess(what bytea, most int, in_time interval) returns boolean
  language plpgsql set search_path = artemis, pg_temp
  as $$
    declare
      mark timestamptz;
    begin
      insert into guesses values (what, '-infinity') on conflict do nothing;
      select g.spent_until into mark from guesses g where g.counted = what for update;
      return greatest(mark, clock_timestamp()) + in_time / most <= clock_timestamp() + in_time;
    end
  $$;

create function spend_guess(what bytea, share interval) returns void
  language sql set search_path = artemis, pg_temp
  as $$
    update guesses set spent_until = greatest(spent_until, clock_timestamp()) + share, told = false where counted = what
  $$;

-- A refusal is anew where none was told of since the last try that was let through.
create function refuse_guess(what bytea) returns text
  language plpgsql set search_path = artemis, pg_temp
  as $$
    begin
      update guesses set told = true where counted = what and not told;
      return case when found then 'REFUSED_ANEW' else 'REFUSED' end;
    end
  $$;

-- Door: counts a try before it is looked at, so that many at once are counted too. Where one of the bounds is reached it is refused, and
-- nothing is counted. An address comes first: one that is refused leaves no more rows. Always in this order, so that nobody waits in a
-- circle. Whoever comes from where the account was opened before is no stranger: what others guess from the same address, or of the same
-- account from elsewhere, does not concern them.
create function door.count_guess(
    address bytea, address_most int, address_time interval, pair bytea, pair_most int, pair_time interval,
    account bytea, account_most int, account_time interval) returns text
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    declare
      stranger boolean := not exists (select from opened_from where place = pair);
    begin
      if stranger and not room_for_guess(address, address_most, address_time) then
        return refuse_guess(address);
      end if;
      if not room_for_guess(pair, pair_most, pair_time) then
        return refuse_guess(pair);
      end if;
      if stranger then
        if not room_for_guess(account, account_most, account_time) then
          return refuse_guess(account);
        end if;
        perform spend_guess(address, address_time / address_most);
        perform spend_guess(account, account_time / account_most);
      end if;
      perform spend_guess(pair, pair_time / pair_most);
      return 'COUNTED';
    end
  $$;

-- Door: it was the owner. What was mistyped before is forgiven, and this try was no guess.
create function door.was_no_guess(
    address bytea, address_share interval, pair bytea, account bytea, account_share interval) returns void
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    begin
      if not exists (select from opened_from where place = pair) then
        update guesses set spent_until = spent_until - address_share where counted = address;
      end if;
      delete from guesses where counted = pair;
      if not exists (select from opened_from where place = pair) then
        update guesses set spent_until = spent_until - account_share where counted = account;
      end if;
      insert into opened_from values (pair, clock_timestamp())
      on conflict (place) do update set opened_at = excluded.opened_at;
    end
  $$;

create function door.forget_guesses(how_many int) returns int
  language sql security definer set search_path = artemis, pg_temp
  as $$
    with past as (
      delete from guesses where counted in (
        select g.counted from guesses g where g.spent_until < now() order by g.spent_until limit how_many
        for update skip locked)
      returning 1),
    places as (
      delete from opened_from where place in (
        select o.place from opened_from o where o.opened_at < now() - interval '180 days' limit how_many
        for update skip locked)
      returning 1)
    select (select count(*) from past)::int + (select count(*) from places)::int
  $$;

-- What busy keys are asked for in a second, by instance. Lost with a crash, and of no use a few seconds later.
create unlogged table key_demand (
  key_id   uuid not null,
  instance uuid not null,
  requests bigint not null,
  at       timestamptz not null,
  primary key (key_id, instance)
);
alter table key_demand enable row level security;

-- Door: an instance says what was asked of it, and hears what is asked of the others.
create function door.share_key_demand(who uuid, keys uuid[], wanted bigint[])
  returns table (key_id uuid, elsewhere bigint)
  language plpgsql security definer set search_path = artemis, pg_temp
  as $$
    begin
      delete from key_demand d where d.instance = who and d.key_id <> all (keys)
         or d.at < clock_timestamp() - interval '1 minute';
      insert into key_demand (key_id, instance, requests, at)
      select k.key, who, k.requests, clock_timestamp() from unnest(keys, wanted) as k(key, requests) order by k.key
      on conflict on constraint key_demand_pkey do update set requests = excluded.requests, at = excluded.at;
      return query
        select k.key, coalesce(sum(d.requests), 0)::bigint
        from unnest(keys) as k(key)
        left join key_demand d
          on d.key_id = k.key and d.instance <> who and d.at > clock_timestamp() - interval '3 seconds'
        group by k.key;
    end
  $$;

grant execute on function
  door.count_guess(bytea, int, interval, bytea, int, interval, bytea, int, interval),
  door.was_no_guess(bytea, interval, bytea, bytea, interval), door.forget_guesses(int),
  door.share_key_demand(uuid, uuid[], bigint[])
  to artemis_app;
