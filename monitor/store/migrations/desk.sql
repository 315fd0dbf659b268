create table labels (                   -- every yes, no and withdrawal; append only, the last counts
  id integer primary key,
  story text not null,
  article_id integer not null,
  said text not null,                   -- yes, no, or none: taken back
  at text not null
);
create index labels_article on labels(story, article_id, id);

create table desk (                     -- what a hand did to developments; append only
  id integer primary key,
  story text not null,
  verb text not null,                   -- merge, split, rename, mute, unmute, note
  development integer not null,
  other integer,                        -- merged into it, or the article split from it
  said text,                            -- the name or the note
  before text not null,                 -- what an undo puts back, JSON
  at text not null,
  undone text                           -- when it was taken back
);
create index desk_development on desk(story, development, id);
alter table members add column score real;  -- how far its facts spoke for its development
