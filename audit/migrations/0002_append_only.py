"""The record is append-only, and each partnership's entries form a chain of digests."""

from django.db import migrations

DIGEST = """
-- The digest of an entry: of one canonical text of all its columns and the digest before it.
CREATE FUNCTION audit_entry_digest(entry audit_entry) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.id,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        entry.actor_id, entry.actor_name, entry.partnership, entry.verb, entry.kind,
        entry.subject_id, entry.subject, entry.sensitive, entry.group_id, entry.detail,
        entry.request_id, entry.previous_digest
    )::text, 'UTF8')), 'hex')
$$;

-- One writer at a time for each partnership, until its transaction ends. The key is drawn within
-- the lock, so that the order of keys is the order of the chain.
CREATE FUNCTION audit_entry_chain() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit_entry:' || NEW.partnership, 0));
    NEW.id := nextval(pg_get_serial_sequence('audit_entry', 'id'));
    NEW.previous_digest := coalesce((
        SELECT digest FROM audit_entry
        WHERE partnership = NEW.partnership ORDER BY id DESC LIMIT 1
    ), '');
    NEW.digest := audit_entry_digest(NEW);
    RETURN NEW;
END
$$;

CREATE TRIGGER audit_entry_chain BEFORE INSERT ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_chain();
"""

WITHOUT_DIGEST = """
DROP TRIGGER audit_entry_chain ON audit_entry;
DROP FUNCTION audit_entry_chain();
DROP FUNCTION audit_entry_digest(audit_entry);
"""

REFUSAL = """
CREATE FUNCTION audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- A test database is emptied between tests.
    IF TG_OP = 'TRUNCATE' AND starts_with(current_database(), 'test_') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The record is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_readentry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_readentry
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

WITHOUT_REFUSAL = """
DROP TRIGGER audit_entry_refuse ON audit_entry;
DROP TRIGGER audit_readentry_refuse ON audit_readentry;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    """Triggers only: what Python wrote could be undone by Python."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(DIGEST, WITHOUT_DIGEST),
        migrations.RunSQL(REFUSAL, WITHOUT_REFUSAL),
    ]
