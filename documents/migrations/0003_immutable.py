"""What is published stays as it was published, and bytes stay under their hash: by trigger."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is immutable: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER documents_publication_immutable
    BEFORE UPDATE OR DELETE ON documents_publication
    FOR EACH ROW EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER documents_content_immutable
    BEFORE UPDATE ON documents_content
    FOR EACH ROW EXECUTE FUNCTION documents_refuse();
"""

ALLOW = """
DROP TRIGGER documents_content_immutable ON documents_content;
DROP TRIGGER documents_publication_immutable ON documents_publication;
DROP FUNCTION documents_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_publication_search")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
