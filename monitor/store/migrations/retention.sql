alter table articles add column dropped text;       -- when its text was let go; the rest stays
create index articles_whole on articles(first_seen) where dropped is null;
