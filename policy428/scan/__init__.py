"""The scan: many posts in, judged by worker processes, results kept in a database as they come.

One process reads (`run`), several judge (`pool`, `worker`), and what they answer is kept in the order of reading
(`store`). Killed at any moment it loses at most what was being judged just then, and the next run takes up from there.
"""
