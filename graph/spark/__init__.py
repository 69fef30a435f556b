"""The build on Apache Spark: the pure functions of a local build, applied to as many documents as a cluster has room for.

`read`, `resolve`, `take`, `shared` and `shards` hold what happens to records and know nothing of Spark; `stages` and `build` let Spark do
it, and `session` and `files` are all that touches its Java side.
"""
