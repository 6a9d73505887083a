"""审诺: who looks a pledge over before it is shown, by which standards, with which advice."""
