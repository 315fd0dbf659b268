create index polls_last on polls(last_at);
-- One source's readings lie together here, and are looked at without the ledger's other rows.
create index polls_read on polls(source, id, entries, fresh, first_at) where outcome in ('new', 'same');

create table episodes (                 -- troubles; neither source nor story: of the monitor itself
  id integer primary key,
  source text,
  story text,
  state text not null,
  reason text not null,
  facts text not null,                  -- JSON: the figures of its sentence
  began text not null,
  noted text not null,
  told_at text,
  ended text,
  recovery_told_at text
);
create unique index episodes_open on episodes(
  (coalesce(source, '')), (coalesce(story, '')),
  (case when coalesce(source, story) is null then state else '' end)
) where ended is null;                  -- one at a time of a source or story
create index episodes_source on episodes(source, id);
create index episodes_waiting on episodes(id)
  where (ended is null and told_at is null) or (ended is not null and recovery_told_at is null);

create table notices (
  id text primary key,
  kind text not null,
  title text not null,
  created text not null
);
create index notices_created on notices(created);

create table floods (
  id integer primary key,
  source text not null,
  began text not null,
  why text not null,
  told_at text                          -- of the last summary
);
create index floods_untold on floods(id) where told_at is null;

create table held (                     -- alerts that a flood's summary tells instead
  flood integer not null,
  story text not null,
  channel text not null,
  article_id integer not null,
  original_id integer not null,
  score real not null,
  notice_id text,                       -- null until it is told
  primary key (flood, story, channel, original_id)
) without rowid;
create index held_untold on held(flood) where notice_id is null;
