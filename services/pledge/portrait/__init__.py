"""形象照: the photo on one's own 岗位牌."""
