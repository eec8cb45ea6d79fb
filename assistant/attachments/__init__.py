"""Files a person attaches to one conversation: asked together with the library, seen by nobody else."""
