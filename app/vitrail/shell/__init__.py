"""Windows, actions and dialogs of the application."""
