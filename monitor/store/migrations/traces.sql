create table traces (                               -- blocks of a site's pages, to know its stock
  site text not null,
  address integer not null,             -- digest of the canonical address
  seen_at text not null,
  blocks blob not null,                 -- of each block a digest and its words, ten bytes
  primary key (site, address)
) without rowid;
create index traces_site on traces(site, seen_at);
create index traces_seen on traces(seen_at);
