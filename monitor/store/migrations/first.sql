create table sources (
  name text primary key,
  url text not null,
  active integer not null default 1,    -- declared and enabled
  etag text,
  last_modified text,
  body_hash text,
  declared text not null,               -- when it was first seen in sources.yaml
  baseline integer not null default 1,  -- 1 until the first reading is stored
  last_poll text,
  last_read text,                       -- last poll that was answered as it should be
  next_poll text not null,
  failures integer not null default 0,  -- in a row
  failure text,
  detail text
);
create index sources_due on sources(next_poll) where active = 1;

create table polls (                    -- the ledger; a run of equal outcomes is one row
  id integer primary key,
  source text not null,
  first_at text not null,
  last_at text not null,
  times integer not null default 1,
  outcome text not null,
  detail text,
  entries integer not null default 0,
  fresh integer not null default 0,
  bytes integer not null default 0,
  gap integer not null default 0        -- 1: shared no entry with the reading before
);
create index polls_source on polls(source, id);

create table entries (                  -- the ledger; `payload` only while pending
  id integer primary key,
  source text not null,
  key text not null,
  url text,
  title text,
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
  unique (source, key)
);
create index entries_pending on entries(read_at, headline_score) where stage = 'pending';
create index entries_article on entries(article_id);
create index entries_url on entries(url);

create table articles (
  id integer primary key,
  url text not null unique,
  link text not null,
  source text not null,
  outlet text,
  title text not null,
  text text not null,
  kind text not null,
  language text,
  author text,
  published text,
  updated text,
  first_seen text not null,
  exact text not null,
  title_print text not null,
  sketch blob not null,
  words integer not null,
  relation text not null,
  original_id integer,
  why text not null default '',
  aggregator integer not null default 0
);
create index articles_original on articles(original_id);
create index articles_first_seen on articles(first_seen);

create table addresses (address text primary key, article_id integer not null) without rowid;
create table fold_keys (
  key integer not null,
  article_id integer not null,
  primary key (key, article_id)
) without rowid;

create table revisions (                -- what an article said before
  id integer primary key,
  article_id integer not null,
  seen_at text not null,
  title text not null,
  text text not null
);
create index revisions_article on revisions(article_id);

create table verdicts (
  entry_id integer not null,
  article_id integer not null,
  story text not null,
  band text not null,
  score real not null,
  threshold real not null,
  rule text not null,
  profile text not null,
  told text not null,                   -- what became of it: alerted, or why not
  reasons text,                         -- null where the headline alone ruled it out
  judged_at text not null,
  primary key (entry_id, article_id, story, judged_at)
) without rowid;
create index verdicts_article on verdicts(article_id);
create index verdicts_band on verdicts(story, band, judged_at);

create table alerts (
  id text primary key,
  story text not null,
  article_id integer not null,
  kind text not null,
  created text not null
);
create index alerts_article on alerts(article_id);

create table told (                     -- channel '*': told by a baseline
  story text not null,
  original_id integer not null,
  channel text not null,
  alert_id text,
  primary key (story, original_id, channel)
) without rowid;

create table messages (
  id integer primary key,
  alert_id text not null,
  channel text not null,
  key text not null,
  content_type text not null,
  body blob not null,
  unique (alert_id, channel)
);

create table deliveries (               -- the outbox
  id integer primary key,
  message_id integer not null,
  channel text not null,
  recipient text not null,
  state text not null,                  -- queued, delivered, given-up
  attempts integer not null default 0,
  next_at text not null,                -- of a claimed row: when the lease ends
  claimed integer not null default 0,
  created text not null,
  settled_at text,
  status integer,
  reply text,
  unique (message_id, recipient)
);
create index deliveries_due on deliveries(channel, next_at) where state = 'queued';

create table evidence (                 -- append only; `head` chains each row to the one before
  id integer primary key,
  article_id integer not null,
  url text not null,
  final_url text not null,
  fetched_at text not null,
  status integer not null,
  headers text not null,
  redirects text not null,
  sha256 text not null,
  head text not null
);
create index evidence_article on evidence(article_id);
create table bodies (sha256 text primary key, size integer not null, packed blob not null) without rowid;
