"""Everything that can be written into a case's file, one frozen value for each kind of line.

Each value carries a `kind`; `casework.cases.case.Details` is the union of all of them. Values hold what
the paper form holds and nothing is computed here.
"""
