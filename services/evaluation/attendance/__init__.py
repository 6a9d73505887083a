"""Attendance at all 组织生活: imported, and copied from quarterly meetings."""
