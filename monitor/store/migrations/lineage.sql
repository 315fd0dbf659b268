create table credits (                  -- the agency or outlet that an article names as its source
  article_id integer primary key,
  agency text not null,
  kind text not null                    -- where: dateline, author, line, cited, own
);
