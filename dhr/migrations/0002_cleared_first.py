"""Nothing is published before it was cleared: by trigger, whoever writes the row."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION dhr_cleared_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM dhr_submission
        WHERE id = NEW.submission_id AND review_id = NEW.review_id AND feedback = 'cleared'
    ) THEN
        RAISE EXCEPTION 'a report is published only after its clearance'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER dhr_published_cleared_first
    BEFORE INSERT OR UPDATE OF submission_id, review_id ON dhr_publishedreport
    FOR EACH ROW EXECUTE FUNCTION dhr_cleared_first();
CREATE FUNCTION dhr_clearance_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.feedback = 'cleared' AND NEW.feedback <> 'cleared' AND EXISTS (
        SELECT FROM dhr_publishedreport WHERE submission_id = OLD.id
    ) THEN
        RAISE EXCEPTION 'a report was published on this clearance'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER dhr_clearance_stays
    BEFORE UPDATE OF feedback ON dhr_submission
    FOR EACH ROW EXECUTE FUNCTION dhr_clearance_stays();
"""

ALLOW = """
DROP TRIGGER dhr_clearance_stays ON dhr_submission;
DROP FUNCTION dhr_clearance_stays();
DROP TRIGGER dhr_published_cleared_first ON dhr_publishedreport;
DROP FUNCTION dhr_cleared_first();
"""


class Migration(migrations.Migration):
    dependencies = [("dhr", "0001_records")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
