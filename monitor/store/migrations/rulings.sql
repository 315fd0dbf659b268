-- What verdicts have in common is said once: most articles are ruled out in the same few words.
create table rulings (
  id integer primary key,
  story text not null,
  band text not null,
  rule text not null,
  told text not null,                   -- what became of it: alerted, or why not
  profile text not null,
  threshold real not null,
  unique (story, band, rule, told, profile, threshold)
);
create table judgements (
  article_id integer not null,
  entry_id integer not null,
  judged_at text not null,
  ruling integer not null,
  score real not null,
  reasons text,                         -- null where the headline alone ruled it out
  primary key (article_id, entry_id, judged_at, ruling)
) without rowid;
insert into rulings (story, band, rule, told, profile, threshold)
  select distinct story, band, rule, told, profile, threshold from verdicts;
insert into judgements
  select v.article_id, v.entry_id, v.judged_at, r.id, v.score, v.reasons
  from verdicts v cross join rulings r on r.story = v.story and r.band = v.band and r.rule = v.rule
    and r.told = v.told and r.profile = v.profile and r.threshold = v.threshold
  order by v.article_id, v.entry_id, v.judged_at;
drop table verdicts;
create index judgements_ruling on judgements(ruling, judged_at);
create view verdicts as
  select j.entry_id, j.article_id, r.story, r.band, j.score, r.threshold, r.rule, r.profile, r.told,
    j.reasons, j.judged_at
  from judgements j join rulings r on r.id = j.ruling;
