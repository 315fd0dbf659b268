create index addresses_article on addresses(article_id);
