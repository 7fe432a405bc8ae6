"""From matches to a target: plan, apply, report."""
