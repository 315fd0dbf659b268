alter table held rename to flood_held;
create table held (                     -- alerts that wait for a message of many
  id integer primary key,
  channel text not null,
  story text not null,
  original_id integer not null,         -- the development, or the group of copies
  article_id integer not null,
  kind text not null,                   -- new, update
  reason text not null,                 -- quiet, ceiling, away, digest, flood
  until text,                           -- when it is due, where that is known
  flood integer,
  urgent integer not null,
  score real not null,
  held_at text not null,
  told_by text                          -- the bulletin, notice or alert; null until it is queued
);
insert into held (channel, story, original_id, article_id, kind, reason, flood, urgent, score, held_at, told_by)
  select h.channel, h.story, h.original_id, h.article_id, 'new', 'flood', h.flood, 0, h.score,
    (select began from floods where id = h.flood), h.notice_id
  from flood_held h where not (h.notice_id is null and exists (
    select 1 from flood_held e where e.notice_id is null and e.flood < h.flood
      and e.story = h.story and e.channel = h.channel and e.original_id = h.original_id));
drop table flood_held;
create unique index held_waiting on held(channel, story, original_id) where told_by is null;
create index held_flood on held(flood) where told_by is null and reason = 'flood';
create index held_original on held(original_id);
-- Until now what a flood held counted as told at once; from here on, when its summary is queued.
delete from told where alert_id is null and channel <> '*' and exists (
  select 1 from held h where h.told_by is null and h.story = told.story
    and h.channel = told.channel and h.original_id = told.original_id);

create table bulletins (                -- messages of many: summary, late, digest
  id text primary key,
  channel text not null,
  kind text not null,
  title text not null,
  created text not null
);
create table digests (                  -- of each channel the last
  channel text primary key,
  nominal text,                         -- the time at which it should go out; null before the first
  covered text not null                 -- up to when it told everything
) without rowid;
create table pulse (                    -- one row: the daemon's life
  one integer primary key check (one = 1),
  at text not null,                     -- when it was last alive
  since text,                           -- the last long absence
  woke text
);
create table lost (                     -- channels on which deliveries were given up
  id integer primary key,
  channel text not null,
  began text not null,
  detail text,
  ended text
);
create unique index lost_open on lost(channel) where ended is null;
create index deliveries_sent on deliveries(channel, created);
create index deliveries_settled on deliveries(channel, state, settled_at) where state <> 'queued';
