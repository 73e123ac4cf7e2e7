
create table schema_migrations (name text not null primary key, applied_at integer not null) strict;

create table users (id text not null primary key, username text not null unique, name text not null, name_key text not null, role text not null, disabled_at integer, created_at integer not null) strict;
create index users_name_key on users (name_key, username);
create index users_administrators on users (id) where role = 'admin';

create table emails (id text not null primary key, user_id text not null references users (id) on delete cascade, address text not null, address_key text not null, verified_at integer) strict;
create index emails_user_id on emails (user_id, id, verified_at, address);
create unique index emails_verified_address_key on emails (address_key) where verified_at is not null;

create table password_credentials (user_id text not null primary key references users (id) on delete cascade, hash text not null, version integer not null, changed_at integer not null) strict;

create table sessions (id text not null primary key, user_id text not null references users (id) on delete cascade, token_hash text not null, created_at integer not null, last_seen_at integer not null, idle_until integer not null, ends_at integer not null, remembered integer not null check (remembered in (0, 1)), authenticated_at integer not null, amr text not null, ip text, user_agent text) strict;
create index sessions_user_id on sessions (user_id);
create index sessions_ends_at on sessions (ends_at);

create table audit_events (id text not null primary key, at integer not null, event text not null, actor_kind text not null check (actor_kind in ('user', 'system', 'anonymous')), actor_id text, subject text, ip text, user_agent text, request_id text, detail text) strict;
create index audit_events_actor on audit_events (actor_id, id);
create index audit_events_subject on audit_events (subject, id);

create table retired_usernames (hmac text not null primary key) strict;

create table retired_username_key (key text not null primary key) strict;
create index audit_events_event on audit_events (event, id);
create index audit_events_actor_event on audit_events (actor_id, event, id);
create index audit_events_subject_event on audit_events (subject, event, id);

create table login_throttles (bucket text not null primary key, failures integer not null, closed_until integer not null, purge_at integer) strict;
create index login_throttles_purge_at on login_throttles (purge_at);

create table known_devices (user_id text not null references users (id) on delete cascade, device_hash text not null, created_at integer not null, last_used_at integer not null, constraint known_devices_primary primary key (user_id, device_hash)) strict;
insert into schema_migrations (name, applied_at)
  values ('0001-accounts', 1767225600000);
insert into schema_migrations (name, applied_at)
  values ('0003-closed-accounts-and-audit-lists', 1767225600000);
insert into schema_migrations (name, applied_at)
  values ('0004-login-throttles-and-known-devices', 1767225600000);
insert into users (id, username, name, name_key, role, disabled_at, created_at)
  values ('019b76da-a800-74d3-8052-f8afdeb50791', 'ada', 'ada', 'ada', 'user', null, 1767225600000);
insert into password_credentials (user_id, hash, version, changed_at)
  values ('019b76da-a800-74d3-8052-f8afdeb50791', 'hs384-bcrypt:$2b$04$HeqUDxQq/NFpeb.YJcf5K.fOq6ZW44HreIPrwMVmpSGYCj1pUotEi', 1, 1767225600000);
insert into sessions (id, user_id, token_hash, created_at, last_seen_at, idle_until, ends_at, remembered, authenticated_at, amr, ip, user_agent)
  values ('019b76da-a800-7724-8a43-616f62364192', '019b76da-a800-74d3-8052-f8afdeb50791', 'BwaEackrQR_jrKGPxUyG3HLpN6Md8tQ0rsK6WxhURw8', 1767225600000, 1767225600000, 1767229200000, 1767312000000, 0, 1767225600000, 'pwd', '127.0.0.1', 'node');
insert into audit_events (id, at, event, actor_kind, actor_id, subject, ip, user_agent, request_id, detail)
  values ('019b76da-a800-7129-848c-2cb79733e8c0', 1767225600000, 'signup', 'user', '019b76da-a800-74d3-8052-f8afdeb50791', '019b76da-a800-74d3-8052-f8afdeb50791', '127.0.0.1', 'node', 'bc3f1534-8ee4-4c46-b99a-23607ba31ac4', null);
insert into audit_events (id, at, event, actor_kind, actor_id, subject, ip, user_agent, request_id, detail)
  values ('019b76da-a800-7749-a8a5-123512f460cd', 1767225600000, 'signup', 'user', '019b76da-a800-74a2-84d9-c6d8732515c6', '019b76da-a800-74a2-84d9-c6d8732515c6', null, null, '9e18f81a-8d49-4c0d-bb62-b36ce08782e2', null);
insert into audit_events (id, at, event, actor_kind, actor_id, subject, ip, user_agent, request_id, detail)
  values ('019b76da-a800-7491-8992-4f0237daec5f', 1767225600000, 'closed', 'user', '019b76da-a800-74a2-84d9-c6d8732515c6', '019b76da-a800-74a2-84d9-c6d8732515c6', null, null, '5e9e02c7-8942-4d04-a75a-24982591e37f', null);
insert into audit_events (id, at, event, actor_kind, actor_id, subject, ip, user_agent, request_id, detail)
  values ('019b76da-a800-76e7-8e8f-4ee36f612e45', 1767225600000, 'login-failed', 'anonymous', null, null, '127.0.0.1', 'node', '862747b2-f541-49fa-aac0-584057f57175', '{"identifier":"y-W-y3E3kNtxd2qUYZyHU32nfStpLWOb_4sEw8pXVJE"}');
insert into retired_usernames (hmac)
  values ('iUz24e0QGoyQfuTxg4qgs5-eGnZmY1EmRAv3TRTy9EY');
insert into retired_username_key (key)
  values ('AS_QvO8XHaoGQTTfMIjp_GO6asuNzi_4pZb0gq3sW1k');
insert into login_throttles (bucket, failures, closed_until, purge_at)
  values ('name:y-W-y3E3kNtxd2qUYZyHU32nfStpLWOb_4sEw8pXVJE', 1, 0, 1767312000000);
insert into known_devices (user_id, device_hash, created_at, last_used_at)
  values ('019b76da-a800-74d3-8052-f8afdeb50791', 'zHAxwhrUTLYL4YVMAQ19LiT4mFbR3SoTzPKJI5ZeKYQ', 1767225600000, 1767225600000);
