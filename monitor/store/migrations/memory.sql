alter table sources add column moved_to text;       -- where permanent redirects led
alter table sources add column moved_times integer not null default 0;
alter table sources add column asked_whole text;    -- last request without conditions
alter table sources add column silent integer not null default 0;  -- 304s since it was read
alter table sources add column distrusted text;     -- until when its 304s are not believed
alter table sources add column pattern text;        -- form of a listing's addresses
alter table sources add column rhythm text;         -- what was learnt of its pace, JSON
alter table sources add column ttl integer;         -- seconds that it says it stays as it is
alter table sources add column hub text;            -- WebSub
alter table sources add column topic text;
alter table entries add column flood integer;       -- of the poll that it came in with
create index entries_flood on entries(flood) where flood is not null;
create index entries_title on entries(source, title);

create table children (                             -- sitemaps of an index
  source text not null,
  url text not null,
  etag text,
  last_modified text,
  body_hash text,
  primary key (source, url)
) without rowid;

create table subscriptions (                        -- at WebSub hubs
  source text primary key,
  hub text not null,
  topic text not null,
  callback text not null,               -- the address that the hub was given, without the token
  token text not null unique,
  secret text not null,
  state text not null,
  next_at text not null,
  lease_until text,
  failures integer not null default 0,
  detail text,
  told_at text,
  missed_at text                        -- when a poll found news without the hub's word
) without rowid;
