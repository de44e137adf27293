"""The addresses of the registers, of series and subjects, and of meetings as calendar files."""

OF_NOTHING = {"decisions", "decisions_csv", "public_subjects", "public_calendar"}
OF_A_GROUP = {"series", "attendance_record", "attendance_csv"}
OF_A_DECISION = {"decision", "outcome", "outcome_remove", "strategic"}
OF_A_SUBJECT = {"thread", "public_subject"}
OF_A_MEETING = {"ics", "public_ics"}
NAMES = OF_NOTHING | OF_A_GROUP | OF_A_DECISION | OF_A_SUBJECT | OF_A_MEETING


def arguments(matrix, name, target):
    """What stands in one of these addresses for a target of the routes' table."""
    if name in OF_NOTHING:
        return []
    if name in OF_A_GROUP:
        return [matrix.group_of(target).slug]
    if name in OF_A_DECISION:
        return [matrix.decision_of(target).pk, *([1] if name == "outcome_remove" else [])]
    if name in OF_A_SUBJECT:
        return [matrix.item_of(f"{target} open").thread]
    return [matrix.meeting_of(target).slug]
