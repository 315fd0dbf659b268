-- Without figures about the tables the planner took other indexes: all verdicts of a story, all
-- deliveries of a channel.
drop index verdicts_article;
create index verdicts_article on verdicts(article_id, story, band);
drop index deliveries_settled;
create index deliveries_settled on deliveries(channel, state, settled_at);
-- And with figures of a day when the tables were small it goes through whole ones later.
drop table if exists sqlite_stat1;
drop table if exists sqlite_stat4;
