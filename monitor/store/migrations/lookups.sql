-- Without figures about the tables, which a daemon that is never closed does not have, the
-- planner took other indexes: all verdicts of a story, all deliveries of a channel.
drop index verdicts_article;
create index verdicts_article on verdicts(article_id, story, band);
drop index deliveries_settled;
create index deliveries_settled on deliveries(channel, state, settled_at);
