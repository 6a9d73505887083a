"""点评 and 梳理总结: what an organisation says in a period of every pledger, and of its own pledges."""
