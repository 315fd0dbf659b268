-- Folded and stemmed words of title and text; rowid is the article's id.
create virtual table found using fts5(title, text, tokenize = 'unicode61 remove_diacritics 0');
create table unsearched (article_id integer primary key);  -- waits to be filled in
insert into unsearched (article_id) select id from articles;
