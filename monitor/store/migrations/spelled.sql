-- A headline is found however it is spelled; what was ruled out needs no key beside it.
drop index entries_headline;
update entries set headline = carried(headline,
    coalesce(title, (select title from articles where id = entries.article_id)))
  where headline is not null;
create index entries_headline on entries(headline);
delete from fold_keys where article_id in (select id from articles where relation = 'uncompared');
