alter table articles add column edited integer not null default 0;  -- a copy in an editor's words
