-- A trouble that somebody has taken note of is shown as known while it lasts.
alter table episodes add column known_at text;
