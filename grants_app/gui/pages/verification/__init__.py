"""The tab Verification: decisive numbers typed a second time by somebody who did not see the first."""
