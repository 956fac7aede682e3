"""The editors' side of the catalogue: lists, forms, choosers and what each person may do."""
