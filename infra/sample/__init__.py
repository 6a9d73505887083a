"""The sample university: 2,400 invented members in 99 branches, loaded through the same import that users have."""
