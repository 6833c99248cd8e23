"""Re-engagement: absent by rule, the steps that follow with owner and due date, and the notice home."""
