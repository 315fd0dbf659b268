alter table deliveries add column taken_at text;    -- when it was delivered first: sending it again changes nothing of that
update deliveries set taken_at = settled_at where state = 'delivered';
