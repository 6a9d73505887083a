"""The appraisal of one pledge: self, comments, figures, the grade and its reason, the reply."""
