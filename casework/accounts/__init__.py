"""Who works here, what each may do, and the trail of it."""
