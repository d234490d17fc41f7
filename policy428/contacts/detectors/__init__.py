"""One module a kind of contact; see `policy428.contacts.registry`."""
