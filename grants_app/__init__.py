"""Grant application manager: ranks applicants, proposes, seals and explains the allocation of grants."""
