-- The index keeps no copy of what stands in it, which was half of the file. What it was filled
-- with is kept packed: it must be named when it is taken out.
drop table found;
create virtual table found using fts5(title, text, content = '', tokenize = 'unicode61 remove_diacritics 0');
create table searched (                 -- what stands in the index
  article_id integer primary key,
  packed blob not null                  -- zlib: words of the title, a line feed, words of the text
);
insert or ignore into unsearched (article_id) select id from articles;
