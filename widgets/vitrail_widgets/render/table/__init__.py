"""Tables drawn natively."""
