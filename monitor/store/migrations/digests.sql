-- What is only ever looked for by the whole of it is found by eight bytes of it.
create table digested (                 -- of every address by which an article is known
  key integer primary key,              -- `short` of the address
  article_id integer not null
);
insert or ignore into digested (key, article_id)
  select short(address), article_id from addresses order by 1;
drop table addresses;
alter table digested rename to addresses;

create table headlines (                -- under which entries stand or stood
  key integer not null,                 -- `short` of the title
  entry_id integer not null,
  primary key (key, entry_id)
) without rowid;
insert into headlines (key, entry_id)
  select short(title), id from entries where title is not null order by 1, 2;
drop index entries_title;
drop index entries_url;                 -- a settled entry is found by its article
drop index articles_original;
create index articles_original on articles(original_id) where original_id is not null;
