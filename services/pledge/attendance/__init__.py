"""Attendance at meetings, as the service evaluation tells it: a figure beside the appraisal of a pledge."""
