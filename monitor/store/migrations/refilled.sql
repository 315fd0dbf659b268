-- The index keeps no positions by column and no second copy of what it was filled with: that is
-- made again of the article, or, where this changed since, of what it said when it was filled in.
drop table found;
drop table searched;
drop table unsearched;
create virtual table found using fts5(
  words, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
create table unsearched (               -- waits to be filled in
  article_id integer primary key,
  text text,                            -- of a new article, which is packed away with it
  former_title text,                    -- as the index has it; null where it has nothing of it
  former_packed blob
);
create table searched (                 -- one row: by which folding the index was filled
  one integer primary key check (one = 1),
  folding text not null
);
insert into unsearched (article_id) select id from articles;
create view printed as
  select a.*, coalesce(
    (select inflate(t.packed) from texts t where t.article_id = a.id),
    (select u.text from unsearched u where u.article_id = a.id)) as text
  from articles a;
-- Whoever changes an article, what stands in the index can be taken out again.
create trigger articles_changed before update of title on articles when new.title is not old.title
begin
  insert into unsearched (article_id, former_title, former_packed)
    select old.id, old.title, (select packed from texts where article_id = old.id)
    where not exists (select 1 from unsearched where article_id = old.id);
end;
create trigger texts_changed before update on texts when new.packed is not old.packed
begin
  insert into unsearched (article_id, former_title, former_packed)
    select id, title, old.packed from articles where id = old.article_id
    and not exists (select 1 from unsearched where article_id = old.article_id);
end;
create trigger articles_gone before delete on articles
begin
  insert into unsearched (article_id, former_title, former_packed)
    select old.id, old.title, (select packed from texts where article_id = old.id)
    where not exists (select 1 from unsearched where article_id = old.id);
  delete from texts where article_id = old.id;
end;
