"""What stands beside the tabs and follows the current one."""
