"""Many documents at once: read in parallel, assembled plan by plan, merged on disk, so that memory does not grow with them.

Each plan with its documents becomes a small graph of its own, whose pieces of every export go to a store on disk (`pieces`,
`store`); what several plans share is put together there (`fold`), and each export is one walk over the store (`merge`).
"""
