create table background (              -- sentences seen under several events, by their marks
  story text not null,
  mark integer not null,
  sightings text not null,             -- [event, day] pairs, JSON; at most three
  known integer not null,              -- 1: under enough events on enough days
  last text not null,
  primary key (story, mark)
) without rowid;
create index background_known on background(story) where known;
create index background_last on background(last) where not known;
