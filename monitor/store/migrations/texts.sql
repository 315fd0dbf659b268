-- What articles say stands apart from what is known of them, packed: narrow rows fill their pages,
-- and a page of them is read for many. Found by its address an article is in `addresses`.
create table texts (                    -- of every article that does not wait in `unsearched`
  article_id integer primary key,
  packed blob not null                  -- UTF-8, deflated (`rows.deflate`)
);
insert into texts (article_id, packed) select id, deflate(text) from articles order by id;
create table narrow (
  id integer primary key,
  url text not null,
  link text not null,
  source text not null,
  outlet text,
  title text not null,
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
  aggregator integer not null default 0,
  dropped text,                         -- when its text was let go; the rest stays
  edited integer not null default 0     -- a copy in an editor's words
);
insert into narrow select id, url, link, source, outlet, title, kind, language, author, published, updated,
    first_seen, exact, title_print, sketch, words, relation, original_id, why, aggregator, dropped, edited
  from articles order by id;
drop table articles;
alter table narrow rename to articles;
create index articles_original on articles(original_id) where original_id is not null;
create index articles_whole on articles(first_seen) where dropped is null;
-- Those told apart by a number were not found by it but through their table.
insert or ignore into addresses (key, article_id) select short(url), id from articles order by 1;
