-- A copied database must never speak for the supplier: no token, no address, nothing live.
UPDATE marketplace_config
   SET state = 'draft',
       auth_token_secret = NULL,
       webhook_token = NULL,
       webhook_token_previous = NULL,
       webhook_signing_secret = NULL,
       webhook_signing_secret_previous = NULL,
       api_base_url = 'https://neutralized.invalid/api/v1/';
DELETE FROM queue_job
 WHERE channel LIKE 'root.cartona%'
   AND state IN ('wait_dependencies', 'pending', 'enqueued', 'started');
DELETE FROM marketplace_outbox;
