drop index sources_due;                             -- asked for only without `active`
create index sources_next on sources(next_poll);
create index sources_last on sources(last_poll);    -- polls that a wrong clock has dated
