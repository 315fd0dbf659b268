create table care (                     -- what the service is told about itself
  key text primary key,                 -- held: nothing is sent until `monitor resume`
  value text not null
) without rowid;
