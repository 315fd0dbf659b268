create table stories (                  -- those of sources.yaml, as they were declared last
  name text primary key,
  seeds text not null,                  -- digests of its seed documents
  now text                              -- the name that it has since
) without rowid;
