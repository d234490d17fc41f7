"""The public labelled sets, one module each: how its labels are read and which figures it gives."""
