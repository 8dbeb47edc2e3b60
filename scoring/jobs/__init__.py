"""Work that takes longer than the loop can spare: one process at a time beside the server, with progress and limits."""

from scoring.jobs.queue import InlineJobs, Job, Jobs, jobs

__all__ = ["InlineJobs", "Job", "Jobs", "jobs"]
