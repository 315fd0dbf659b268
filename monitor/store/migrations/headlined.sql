-- An entry's headline is known by eight bytes of it, in its own row; and what was ruled out does not say
-- again what its article says.
create table headlined (                -- the ledger; `payload` only while pending
  id integer primary key,
  source text not null,
  key text not null,
  url text,
  title text,                           -- null where it was that of its article when both came; `published` too
  headline integer,                     -- `short` of its title
  published text,
  first_seen text not null,
  last_seen text not null,
  baseline integer not null,
  stage text not null,
  read_at text,
  tries integer not null default 0,
  headline_score real not null default 0,
  failure text,
  payload text,
  article_id integer,
  flood integer,                        -- of the poll that it came in with
  unique (source, key)
);
insert into headlined
  select e.id, e.source, e.key, e.url,
    case when a.relation = 'uncompared' and a.title = e.title then null else e.title end,
    case when e.title is not null then short(e.title) end,
    case when a.relation = 'uncompared' and a.title = e.title and a.published = e.published then null
      else e.published end,
    e.first_seen, e.last_seen, e.baseline, e.stage, e.read_at, e.tries, e.headline_score, e.failure,
    e.payload, e.article_id, e.flood
  from entries e left join articles a on a.id = e.article_id order by e.id;
drop table entries;
drop table headlines;
alter table headlined rename to entries;
create index entries_pending on entries(read_at, headline_score) where stage = 'pending';
create index entries_article on entries(article_id);
create index entries_flood on entries(flood) where flood is not null;
create index entries_headline on entries(headline);
