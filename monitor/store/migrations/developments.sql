create table developments (             -- one event of a story; `id` is its first article's
  story text not null,
  id integer not null,
  last_new text not null,               -- when it last brought a new fact
  state text not null,                  -- what its articles said, JSON
  primary key (story, id)
) without rowid;
create index developments_open on developments(story, last_new);

create table members (
  story text not null,
  article_id integer not null,
  development integer not null,
  relation text not null,               -- new, copy, repeat, update, revision
  of integer,                           -- the article that it copies, retells or updates
  new_facts text not null,              -- sentences, JSON
  known integer not null,               -- 1: what it says was told, or told before
  joined text not null,
  primary key (story, article_id)
) without rowid;
create index members_development on members(story, development);
