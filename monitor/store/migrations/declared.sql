alter table sources add column declared text not null default '';
update sources set declared = coalesce(
  (select min(first_at) from polls where source = sources.name), last_poll, next_poll
);
