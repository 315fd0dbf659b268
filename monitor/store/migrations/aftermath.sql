create table looks (                    -- told articles, and when each is looked at again
  article_id integer primary key,
  site text not null,
  told_at text not null,                -- when it was told first
  next_at text,                         -- null: no more
  looks integer not null default 0,
  last_at text,
  outcome text,                         -- of the last look: a kind of change, or a failure
  suspect text,                         -- gone or shrunk, until it is sure
  since text,                           -- the first look that found it so
  times integer not null default 0      -- looks that did, in a row
);
create index looks_due on looks(next_at) where next_at is not null;
create index looks_site on looks(site, since) where suspect is not null;

create index held_told on held(article_id) where told_by is not null;

create table changes (                  -- how told articles changed; append only
  id integer primary key,
  article_id integer not null,
  at text not null,
  kind text not null,                   -- headline, grown, shrunk, rewritten, gone
  seen_by text not null,                -- look or poll
  weights text not null,                -- JSON: figure, negation, speaker, stance
  went text not null,                   -- JSON: sentences
  came text not null,
  headline integer not null,
  corrects integer not null,
  since text,
  print text not null,                  -- of what it says now: it may come and go
  told text not null,                   -- what became of it
  unique (article_id, print)
);
create index changes_at on changes(at);
create table change_words (             -- who is told of a change
  change_id integer not null,
  channel text not null,
  told_by text,                         -- the notice or digest; null while it waits for the digest
  primary key (change_id, channel)
) without rowid;
create index change_words_waiting on change_words(channel) where told_by is null;

create table withdrawals (              -- told articles that a label took back, each told once
  story text not null,
  article_id integer not null,
  channel text not null,
  at text not null,
  told_by text,                         -- null: labelled before withdrawals were told
  primary key (story, article_id, channel)
) without rowid;
insert into withdrawals (story, article_id, channel, at)
  select distinct a.story, a.article_id, m.channel, l.at
  from labels l join alerts a on a.story = l.story and a.article_id = l.article_id
  join messages m on m.alert_id = a.id where l.said = 'no';
