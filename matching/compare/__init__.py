"""One comparator for each signal, each in a file of its own; `table.compare` runs them all."""
